"""What the end of a run says of deals without leads and of rows that newer ones replaced."""

from collections.abc import Iterator

import duckdb
import pytest

from orchestration.views.links import links

MART = """
    create table fct_leads as select 'crm:1' as lead_key;
    create table fct_deals as select * from (values
        ('crm:1', false, false, false), (null, false, false, false), (null, true, false, false),
        (null, true, true, false), (null, false, false, true)
    ) as deals (lead_key, lead_is_unknown, is_deleted, is_test);
    create schema _meta;
    create table _meta.sources as select * from (values
        ('sheets', 'leads', 12), ('hubspot', 'deal', 0), ('sheets', 'deals', 3)
    ) as sources (source, "table", rows_replaced);
"""


@pytest.fixture
def mart() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(MART)
        yield connection


def test_deals_without_leads_and_replaced_rows_are_counted(mart: duckdb.DuckDBPyConnection) -> None:
    """Of three deals that are neither deleted nor tests one has its lead, one names none, one names one that isn't."""
    assert list(links(mart).lines()) == [
        ("links", "of 3 deals 1 names no lead, 1 names one that doesn't exist"),
        ("replaced", "15 rows gave way to newer ones: sheets.leads 12, sheets.deals 3"),
    ]


def test_where_no_file_has_leads_no_deal_lacks_one(mart: duckdb.DuckDBPyConnection) -> None:
    mart.execute("delete from fct_leads; delete from _meta.sources")

    assert list(links(mart).lines()) == []
