"""Pictures of the report for the eye: two widths, light and dark, English and Russian, and the PDF.

python -m tests.kpi_report.screenshots [WORKSPACE] [FOLDER]
"""

import sys
from itertools import product
from pathlib import Path

from kpi_report import write_report
from orchestration.settings import load_settings, workspace_path
from tests.browser import chromium

WIDTHS = {1280: 800, 390: 844}


def take(report: Path, folder: Path) -> list[Path]:
    """Write the pictures of a report into `folder`; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with chromium() as browser:
        for (width, height), theme, locale in product(WIDTHS.items(), ("light", "dark"), ("en", "ru")):
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(f"{report.resolve().as_uri()}#lang={locale}&theme={theme}")
            page.wait_for_selector("html[data-ready]")
            taken.append(folder / f"report_{width}_{theme}_{locale}.png")
            page.screenshot(path=taken[-1], full_page=True)
            page.close()
        page = browser.new_page()
        page.goto(report.resolve().as_uri())
        page.wait_for_selector("html[data-ready]")
        taken.append(folder / "report.pdf")
        page.pdf(path=taken[-1], prefer_css_page_size=True, print_background=True)
    return taken


if __name__ == "__main__":
    workspace = workspace_path(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    for picture in take(
        write_report(load_settings(workspace)), Path(sys.argv[2] if len(sys.argv) > 2 else "screenshots")
    ):
        print(picture)
