"""Pictures for the eye: the report at two widths, light and dark, English and Russian, and as PDF; the documents beside
it; the pages of Dagster that an engineer opens first.

python -m tests.kpi_report.screenshots [WORKSPACE] [FOLDER]

FOLDER/docs are the pictures of docs/images.
"""

import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser

from kpi_report import write_report
from orchestration.settings import load_settings, workspace_path
from tests.browser import chromium
from tests.end_to_end.dagster_ui import dagster_ui

WIDTHS = {1280: 800, 390: 844}
DOCUMENTS = {"data_docs": "data_docs/index.html", "dbt_docs": "dbt_docs.html"}
DAGSTER = {
    "overview": "/overview/activity/timeline",
    "graph": "/asset-groups",
    "asset": "/assets/mart/kpi_total",
    "checks": "/assets/intermediate/int_deals?view=checks",
    "automation": "/automation",
    "runs": "/runs",
}


def report(browser: Browser, page_file: Path, folder: Path) -> None:
    """The report in every look, and printed."""
    for (width, height), theme, locale in product(WIDTHS.items(), ("light", "dark"), ("en", "ru")):
        page = browser.new_page(viewport={"width": width, "height": height})
        page.goto(f"{page_file.resolve().as_uri()}#lang={locale}&theme={theme}")
        page.wait_for_selector("html[data-ready]")
        page.screenshot(path=folder / f"report_{width}_{theme}_{locale}.png", full_page=True)
        page.close()
    page = browser.new_page()
    page.goto(page_file.resolve().as_uri())
    page.wait_for_selector("html[data-ready]")
    page.pdf(path=folder / "report.pdf", prefer_css_page_size=True, print_background=True)


def for_docs(browser: Browser, page_file: Path, folder: Path) -> None:
    """The pictures of the README: the report as it opens, the bridge, a row of the breakdown with what it opens."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000}, locale="en-US")
    page.goto(f"{page_file.resolve().as_uri()}#lang=en&theme=light")
    page.wait_for_selector("html[data-ready]")
    page.screenshot(path=folder / "report.png")
    page.add_style_tag(content=".bar { position: static !important; }")
    page.locator("#bridge").screenshot(path=folder / "bridge.png")
    page.locator("#breakdown .opens").first.click()
    page.locator("#breakdown .opened .levers").wait_for()
    page.locator("#breakdown").screenshot(path=folder / "breakdown.png")
    page.close()


def pages(browser: Browser, addresses: dict[str, str], folder: Path, cookie: str | None = None) -> None:
    """Each page once nothing is loading any more; `cookie` is what Dagster's server asks for."""
    for name, address in addresses.items():
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        if cookie:
            key, _, value = cookie.partition("=")
            page.context.add_cookies([{"name": key, "value": value, "url": address}])
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=folder / f"{name}.png")
        page.close()


def main() -> None:
    """Take all pictures of a workspace that has been run."""
    workspace = workspace_path(Path(sys.argv[1]) if len(sys.argv) > 1 else None).resolve()
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    page_file = write_report(load_settings(workspace))
    with chromium() as browser:
        report(browser, page_file, folder)
        (folder / "docs").mkdir(exist_ok=True)
        for_docs(browser, page_file, folder / "docs")
        documents = page_file.parent.resolve()
        pages(browser, {name: (documents / file).as_uri() for name, file in DOCUMENTS.items()}, folder)
        with dagster_ui(workspace) as ui:
            pages(browser, {f"dagster_{name}": ui.url + path for name, path in DAGSTER.items()}, folder, ui.cookie)
    for picture in sorted(folder.rglob("*.p*")):
        print(picture)


if __name__ == "__main__":
    main()
