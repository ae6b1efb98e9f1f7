"""Addresses of web pages keep the tags of campaigns and the ids of clicks, nothing else behind the ?."""

import re

import duckdb
import pytest

from orchestration.extracts.sources import DBT_PROJECT
from orchestration.extracts.type.urls import CLICK_IDS, cut, holds_pages, says_more


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://a.example/p?utm_source=g&email=a@b.de&gclid=1#utm_term=x", "https://a.example/p?utm_source=g&gclid=1&utm_term=x"),
        ("https://a.example/p?name=Ann", "https://a.example/p"),
        ("/p?UTM_Source=Z;token=1", "/p?UTM_Source=Z"),
        ("/p#top", "/p"),
        ("https://a.example/p?utm_source=g&utm_id=7&fbclid=Iw", None),
        ("https://a.example/p", None),
    ],
)  # fmt: skip
def test_a_query_keeps_tags_and_clicks(address: str, kept: str | None) -> None:
    query = f"select case when {says_more('page')} then {cut('page')} end from (select ? as page)"
    assert duckdb.execute(query, [address]).fetchall() == [(kept,)]


def test_what_models_read_of_a_link_is_kept() -> None:
    macro = (DBT_PROJECT / "macros" / "channels" / "url_tags.sql").read_text(encoding="utf-8")
    platforms = macro[macro.index("return({") : macro.index("})")]
    assert set(re.findall(r"'(\w+)':", platforms)) <= set(CLICK_IDS)


def test_which_columns_hold_pages() -> None:
    names = ("landing_page", "landing_page_c", "property_hs_analytics_first_url", "utm_referrer", "page_location")
    assert [name for name in (*names, "campaign_name", "homepage_visits") if not holds_pages(name)] == [
        "campaign_name",
        "homepage_visits",
    ]
