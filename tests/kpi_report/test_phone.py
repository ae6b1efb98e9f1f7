"""The demo's report on a narrow phone and on a wide screen: nothing is cut off, nothing is beyond reach."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kpi_report.document import read_document
from kpi_report.page import render
from orchestration.settings import load_settings
from orchestration.views.reader import open_published
from tests.kpi_report.test_browser import READY, address

__all__ = ["address"]  # the fixture

TEXTS = """() => [...document.querySelectorAll("#bridge-chart svg text")]
  .filter((one) => one.textContent).map((one) => {
  const { left, right, top, bottom } = one.getBoundingClientRect();
  return { text: one.textContent, left, right, top, bottom };
})"""
BEYOND = """() => [
  ...[...document.querySelectorAll(".card .term")].map((name) => [name, name.closest(".card")]),
  ...[...document.querySelectorAll(".segmented button")].map((one) => [one, one.closest("section, .bar, header")]),
].filter(([inner, outer]) => inner.offsetParent && Math.max(...[...inner.getClientRects()].map((box) => box.right))
  > outer.getBoundingClientRect().right - parseFloat(getComputedStyle(outer).paddingRight) + 1)
  .map(([inner]) => inner.textContent)"""


@pytest.fixture(params=["en", "ru"])
def phone(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{address}#lang={request.param}")
    page.wait_for_selector(READY)
    yield page
    page.close()


@pytest.mark.parametrize("locale", ["en", "ru"])
def test_the_figures_of_the_bridge_are_whole_and_beside_its_names(
    browser: Browser, published_demo: Path, tmp_path: Path, locale: str
) -> None:
    settings = load_settings(published_demo)
    with open_published(settings) as mart:
        document = read_document(mart, settings)
    at = document["bridge"]["columns"].index
    for row in document["bridge"]["rows"]:  # amounts of nine digits, as in roubles
        for name in ("contribution", "kpi_before", "kpi_after"):
            row[at(name)] = (row[at(name)] or 0) * 1000
    file = tmp_path / "report.html"
    file.write_text(render(document), encoding="utf-8")
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{file.as_uri()}#lang={locale}")
    page.wait_for_selector(READY)
    frame = page.locator("#bridge-chart").bounding_box()
    texts = page.evaluate(TEXTS)
    page.close()

    assert frame is not None
    assert len(texts) > 15
    right = frame["x"] + frame["width"]
    assert [one["text"] for one in texts if one["left"] < frame["x"] - 1 or one["right"] > right + 1] == []
    covered = [
        (one["text"], other["text"])
        for at, one in enumerate(texts)
        for other in texts[at + 1 :]
        if min(one["right"], other["right"]) - max(one["left"], other["left"]) > 1
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 4
    ]
    assert covered == []


def test_names_and_buttons_stay_within_their_cards(phone: Page) -> None:
    assert phone.evaluate(BEYOND) == []


@pytest.mark.parametrize("locale", ["en", "ru"])
@pytest.mark.parametrize("width", [768, 1280, 1440])
def test_every_section_is_in_the_bar_and_stands_below_it(
    browser: Browser, address: str, locale: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{address}#lang={locale}")
    page.wait_for_selector(READY)
    seen = page.evaluate(
        "[...document.querySelectorAll('.bar nav a')].map((link) => link.getBoundingClientRect().right)"
    )
    page.locator(".bar nav a[href='#goals']").click()
    page.wait_for_function("scrollY > 100")
    title = page.locator("#goals").bounding_box()
    bar = page.locator(".bar").bounding_box()
    page.close()

    assert max(seen) <= width
    assert title is not None
    assert bar is not None
    assert title["y"] >= bar["y"] + bar["height"]
