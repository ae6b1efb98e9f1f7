"""What `funnelmart status` says of spend and leads that don't meet."""

import duckdb

from orchestration.views.unmatched import unmatched

TABLES = """
create schema _meta;
create table _meta.unmatched_spend as
    select * from (values
        ('Search', 'Brand', 'no_lead', 100.5), ('Search', 'Sale', 'ambiguous', 2000), ('Social', 'May', 'no_lead', 1),
        ('Social', 'June', 'no_lead', 0.5)
    ) as t (channel, campaign, reason, spend);
create table _meta.unmatched_leads as
    select * from (values
        ('Search', 'nobody', 'unmatched', 5, 0.0), ('Search', 'brand', 'ambiguous', 1, 900.0)
    ) as t (channel, campaign, reason, leads, revenue);
"""


def test_sums_and_the_greatest_by_value() -> None:
    with duckdb.connect() as mart:
        mart.execute(TABLES)
        found = unmatched(mart)
    assert list(found.lines("EUR")) == [
        ("unmatched", "2,102.00 EUR of ad spend on 4 campaigns (_meta.unmatched_spend)"),
        ("", "2,000.00  Search, Sale: ambiguous"),
        ("", "100.50  Search, Brand: no_lead"),
        ("", "1.00  Social, May: no_lead"),
        ("unmatched", "6 leads of paid channels, 900.00 EUR won (_meta.unmatched_leads)"),
        ("", "1  Search, brand: ambiguous"),
        ("", "5  Search, nobody: unmatched"),
    ]


def test_one_campaign_and_one_lead() -> None:
    with duckdb.connect() as mart:
        mart.execute(TABLES + "delete from _meta.unmatched_spend where campaign <> 'Sale';")
        mart.execute("delete from _meta.unmatched_leads where campaign <> 'brand'")
        said = [text for name, text in unmatched(mart).lines("EUR") if name]
    assert [text.split(" (")[0] for text in said] == [
        "2,000.00 EUR of ad spend on 1 campaign",
        "1 lead of paid channels, 900.00 EUR won",
    ]


def test_nothing_to_say_where_all_is_matched() -> None:
    with duckdb.connect() as mart:
        mart.execute(TABLES + "truncate _meta.unmatched_spend; truncate _meta.unmatched_leads;")
        assert list(unmatched(mart).lines("EUR")) == []
