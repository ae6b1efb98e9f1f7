"""Superset in an environment of its own (`make test-bi`): its dashboard of the demo, opened in a browser."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import chromium, find_chromium
from tests.end_to_end.command import ROOT, published

PYTHON = os.environ.get("FUNNELMART_BI_PYTHON")
DASHBOARD = ROOT / "examples" / "superset"
WAIT_MS = 120_000
NEWEST = """
    select revenue, leads, cpl, roi from kpi_total where grain = 'month' and is_complete
    order by period_start desc limit 1
"""

pytestmark = [
    pytest.mark.skipif(PYTHON is None, reason="Superset has an environment of its own: make test-bi"),
    pytest.mark.skipif(find_chromium() is None, reason="no Chromium is installed: `make browser` installs it"),
]


@pytest.fixture(scope="module")
def superset(published_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    """Address, name and password of a server that `start.py` has started as a user does."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = str(chosen.getsockname()[1])
    home = tmp_path_factory.mktemp("superset")
    mart = published_demo / "published" / "funnelmart.duckdb"
    command = [str(PYTHON), str(DASHBOARD / "start.py"), str(mart), "--home", str(home), "--port", port]
    log = (home / "log").open("w+")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True) as process:
        try:
            address, user, _, password = (process.stdout.readline() if process.stdout else "").split()
            for line in process.stdout or ():
                if "Serving Flask app" in line:
                    break
            yield address, user, password
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            log.close()


@pytest.fixture(scope="module")
def dashboard(superset: tuple[str, str, str]) -> Iterator[Page]:
    address, user, password = superset
    site = address.partition("/superset/")[0]
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1400, "height": 1700})
        answered: list[str] = []
        page.on("response", lambda response: answered.append(response.url))
        page.set_default_timeout(WAIT_MS)
        expect.set_options(timeout=WAIT_MS)
        page.goto(f"{site}/login/")
        page.locator("#username").fill(user)
        page.locator("#password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{site}/superset/welcome/")
        page.goto(address)
        yield page
        assert [url for url in answered if not url.startswith((site, "data:", "blob:"))] == []


def test_every_chart_of_the_dashboard_is_drawn(dashboard: Page) -> None:
    charts = list((DASHBOARD / "dashboard" / "charts").glob("*.yaml"))

    expect(dashboard.locator("[data-test=chart-container] .slice_container:not(:empty)")).to_have_count(len(charts))
    expect(dashboard.locator(".ant-alert-error")).to_have_count(0)


def test_its_figures_are_those_of_the_mart(dashboard: Page, published_demo: Path) -> None:
    ((revenue, leads, cpl, roi),) = published(published_demo, NEWEST)

    shown = dashboard.locator(".header-line")
    expect(shown).to_have_text([f"{revenue:,.0f}", f"{leads:,}", f"{cpl:,.2f}", f"{roi:,.2f}"])


def test_a_channel_can_be_chosen(dashboard: Page, published_demo: Path) -> None:
    ((leads,),) = published(
        published_demo,
        """select leads from kpi_by_channel where grain = 'month' and channel = 'Google Ads' and period_start =
           (select max(period_start) from kpi_total where grain = 'month' and is_complete)""",
    )
    dashboard.get_by_role("combobox").first.click()
    dashboard.keyboard.type("Google Ads")
    dashboard.locator(".ant-select-item-option", has_text="Google Ads").first.click()
    dashboard.keyboard.press("Escape")
    dashboard.get_by_role("button", name="Apply filters").click()

    expect(dashboard.locator(".header-line").nth(1)).to_have_text(f"{leads:,}")
