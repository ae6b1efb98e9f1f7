"""One page of everything: nothing is fetched, nothing in the figures can break out of them."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kpi_report.page import render

LIMIT_BYTES = 4_000_000


class Links(HTMLParser):
    """Collects every address that a browser would fetch or offer."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attributes if name in ("src", "href", "action", "srcset")]


@pytest.fixture
def page(document: dict[str, Any]) -> str:
    return render(document)


def test_it_refers_to_nothing_outside_itself(page: str) -> None:
    links = Links()
    links.feed(page)
    style = "".join(re.findall(r"<style>(.*?)</style>", page, re.DOTALL))

    assert [address for address in links.addresses if not address.startswith(("#", "data:,"))] == []
    assert "@import" not in style
    assert "url(" not in style
    assert "default-src 'none'" in page, "and the browser would refuse it"


def test_two_years_of_the_demo_stay_under_the_limit(published_demo: Path) -> None:
    page = published_demo / "reports" / "kpi_report.html"

    assert page.stat().st_size < LIMIT_BYTES


def test_a_name_can_not_break_out_of_the_figures(document: dict[str, Any]) -> None:
    evil = "</script><script>alert(1)</script><!--"
    document["breakdown"]["rows"][0][document["breakdown"]["columns"].index("member")] = evil
    document["meta"]["rows"][0][document["meta"]["columns"].index("company")] = evil
    links = Links()
    links.feed(render(document))

    assert links.tags.count("script") == 3
