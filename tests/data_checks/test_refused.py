"""Why rows were refused, in lines that somebody can act on."""

from pathlib import Path

import duckdb
import pytest

from data_checks.refused import first_reasons, tells_of_refusals
from orchestration.settings import Settings, parse_settings

SHEETS = """
company: Acme
sources:
  sheets:
    - {entity: deals, files: "extracts/deals_*.csv", formats: {decimal: ",", thousands: ".", date: "%d.%m.%Y"}}
"""
ROWS = """
    create schema intermediate;
    create table intermediate.int_quarantine as select * from (values
        ('deals', 'sheets', 'extracts/deals_1.csv', 9, 'amount', 'ca. 5k', 'no readable number'),
        ('deals', 'sheets', 'extracts/deals_1.csv', 3, 'amount', 'Ann 7', 'no readable number'),
        ('deals', 'sheets', 'extracts/deals_1.csv', 4, 'closed_at', '2024-13-40', 'no readable date or time'),
        ('leads', 'hubspot', 'contacts.csv', 5, 'created_at', null, 'required time is missing'),
        ('leads', 'hubspot', 'broken.csv', null, null, null, 'lacks required columns: id')
    ) as q (entity, source, file, line, column_name, value, reason)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    with duckdb.connect(str(tmp_path / "warehouse.duckdb")) as warehouse:
        warehouse.execute(ROWS)
    return parse_settings(SHEETS, tmp_path)


def test_the_commonest_reasons_with_place_shape_and_expected_format(settings: Settings) -> None:
    assert first_reasons(settings) == [
        "extracts/deals_1.csv:3 amount 'xxx 9': no readable number, expected decimal ',', thousands '.' (2 alike)",
        "broken.csv: lacks required columns: id",
        "contacts.csv:5 created_at: required time is missing",
        "extracts/deals_1.csv:4 closed_at '9999-99-99': no readable date or time, expected %d.%m.%Y",
    ]
    assert len(first_reasons(settings, most=2)) == 2


def test_they_are_told_where_refusals_are_what_failed() -> None:
    assert tells_of_refusals(["deals_key", "deals_refused_share"])
    assert not tells_of_refusals(["deals_key"])
