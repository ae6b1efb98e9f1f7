"""Numbers as the page writes them."""

import json

import pytest
from playwright.sync_api import Browser

from kpi_report.page import HERE
from kpi_report.texts import load_texts


@pytest.mark.parametrize(
    ("days", "said"),
    [(1, "1 day"), (1.04, "1 day"), (0.96, "1 day"), (1.2, "1.2 days"), (2, "2 days"), (11, "11 days")],
)
def test_one_day_is_what_is_written_as_one(browser: Browser, days: float, said: str) -> None:
    """1.04 was `1 days`."""
    page = browser.new_page(locale="en-US")
    fm = {"texts": load_texts(), "reasons": {}, "kpis": {}, "meta": {"currency": "EUR"}, "state": {"locale": "en"}}
    page.add_script_tag(content=f"const fm = {json.dumps(fm)};")
    page.add_script_tag(path=HERE / "static" / "js" / "format.js")

    assert page.evaluate("days => fm.show(days, 'days')", days) == said
    assert page.evaluate("days => fm.show(days, 'days', { sign: true })", days) == f"+\u2060{said}"
    page.close()
