"""Any file mapped to a canonical entity in the settings: fields, constants, defaults, values, filters, keys."""

import json

import pytest

from orchestration.extracts.land import read_rows
from orchestration.extracts.type import cells
from tests.orchestration.extracts.conftest import Workspace

CRM = """Id,Stage,Offer Total Amount,Created Time,SLA,Source,Product
1,Payment Done,"€ 3.500,00",31.12.2023 10:29,"2 days, 8:05:26",Google Ads,GTXPro
2,Lost,#REF!,30.12.2023,00:26:43,Test, GTX Pro
3,Lost,-,soon,,,
,,,,,,
4,Call,3000,01.01.2024 00:00,0:00:05,,
"""
SHEET = {
    "files": "extracts/crm.csv",
    "formats": {
        "date": "%d.%m.%Y",
        "timestamp": "%d.%m.%Y %H:%M",
        "decimal": ",",
        "thousands": ".",
        "null_values": ["", "-"],
    },
    "timezone": "Europe/Berlin",
}
LEADS = {
    **SHEET,
    "fields": {"lead_id": "Id", "created_at": "Created Time", "response_seconds": "SLA", "channel": "Source"},
}
DEALS = {**SHEET, "fields": {"deal_id": "Id", "lead_id": "Id", "amount": "Offer Total Amount"}}


def test_one_file_feeds_two_entities(workspace: Workspace) -> None:
    workspace.write("extracts/crm.csv", CRM)
    leads, deals = workspace.land("leads", LEADS), workspace.land("deals", DEALS)
    assert (leads.rows_in, leads.rows_empty, leads.rows_landed, leads.rows_unreadable) == (5, 1, 4, 1)
    assert (deals.rows_in, deals.rows_empty, deals.rows_landed, deals.rows_unreadable) == (5, 1, 4, 1)
    columns = "lead_id, created_at, response_seconds, channel, stage, source"
    assert workspace.rows(f"select {columns} from raw_sheets.leads order by _row") == [
        ("1", "2023-12-31 09:29:00+00", "201926", "Google Ads", "Payment Done", "sheets/crm.csv"),
        ("2", "2023-12-30", "1603", "Test", "Lost", "sheets/crm.csv"),
        ("3", None, None, None, "Lost", "sheets/crm.csv"),
        ("4", "2023-12-31 23:00:00+00", "5", None, "Call", "sheets/crm.csv"),
    ]
    assert workspace.rows("select deal_id, lead_id, amount from raw_sheets.deals order by _row") == [
        ("1", "1", "3500"),
        ("2", "2", None),
        ("3", "3", None),
        ("4", "4", "3000"),
    ]


def test_rows_unlike_the_first_ones_are_read_as_closely(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "_FIRST", 2)
    lines = ["1,1.5,1,2024-01-01", "2,2,1,2024-01-02", "3,€ 3.50,1, 2024-01-03", "4,none yet,1,2024-01-04"]
    workspace.write("extracts/crm.csv", "\n".join(["deal_id,amount,units,closed_at", *lines]))
    assert workspace.land("deals", {"files": "extracts/crm.csv"}).rows_unreadable == 1
    assert workspace.rows("select amount, units, closed_at from raw_sheets.deals order by _row") == [
        ("1.5", "1", "2024-01-01"),
        ("2", "1", "2024-01-02"),
        ("3.5", "1", "2024-01-03"),
        (None, "1", "2024-01-04"),
    ]


def test_unreadable_values_stay_as_text_beside_their_columns(workspace: Workspace) -> None:
    workspace.write(
        "extracts/crm.csv", "Id,Offer Total Amount,Units,Closed\n1,#REF!,many,32.01.2024\n2,1,1,01.01.2024\n"
    )
    fields = {"deal_id": "Id", "amount": "Offer Total Amount", "units": "Units", "closed_at": "Closed"}
    workspace.land("deals", {**SHEET, "fields": fields})
    found = workspace.rows("select amount, _unread_as from raw_sheets.deals order by _row")
    assert [(amount, json.loads(bad) if bad else None) for amount, bad in found] == [
        (
            None,
            [
                {"column": "amount", "value": "#REF!", "reason": "no readable number"},
                {"column": "units", "value": "many", "reason": "no readable number"},
                {"column": "closed_at", "value": "32.01.2024", "reason": "no readable date or time"},
            ],
        ),
        ("1", None),
    ]
    (shown,) = workspace.rows("select _unreadable from raw_sheets.deals where _row = 2")[0]  # what models read
    assert [problem["value"] for problem in json.loads(shown)] == ["#xxx!", "xxxx", "99.99.9999"]


def test_as_many_columns_as_the_limit_allows_are_landed(workspace: Workspace) -> None:
    """More than a thousand: the depth to which the engine lets an expression nest."""
    extra = [f"c{number}" for number in range(1001)]
    workspace.write("extracts/wide.csv", f"lead_id,created_at,{','.join(extra)}\nL1,2024-01-01{',1' * len(extra)}\n")
    result = workspace.land("leads", {"files": "extracts/wide.csv"})
    assert (result.refused, result.rows_landed) == ({}, 1)
    assert workspace.rows("select c0, c1000 from raw_sheets.leads") == [("1", "1")]


def test_a_column_that_happens_to_be_called_source_does_not_become_the_source(workspace: Workspace) -> None:
    workspace.write("extracts/crm.csv", "lead_id,created_at,Source\n1,2024-01-01,Google\n")
    workspace.land("leads", {"files": "extracts/crm.csv", "constants": {"source": "zoho"}})
    assert workspace.rows('select source, "Source_2" from raw_sheets.leads') == [("zoho", "Google")]


def test_constants_defaults_and_values(workspace: Workspace) -> None:
    workspace.write("extracts/crm.csv", CRM)
    sheet = {
        **DEALS,
        "constants": {"status": "won", "source": "zoho", "closed_at": "2024-01-05 12:00:00"},
        "defaults": {"units": "1", "product": "(unknown)"},
        "values": {"product": {"GTXPro": "GTX Pro"}, "amount": {"#REF!": "1.50"}},
        "currency": "EUR",
    }
    assert workspace.land("deals", sheet).rows_unreadable == 0
    columns = "amount, product, units, status, source, currency, closed_at"
    rest = ("1", "won", "zoho", "EUR", "2024-01-05 11:00:00+00")
    assert workspace.rows(f"select {columns} from raw_sheets.deals order by _row") == [
        ("3500", "GTX Pro", *rest),
        ("1.5", "GTX Pro", *rest),
        (None, "(unknown)", *rest),
        ("3000", "(unknown)", *rest),
    ]


@pytest.mark.parametrize(
    ("where", "ids", "filtered"),
    [
        ({"Stage": ["Payment Done", "Lost"]}, ["1", "2", "3"], 1),
        ({"Stage": "Lost", "not": {"Source": "Test"}}, ["3"], 3),
        ({"Source": [""]}, ["3", "4"], 2),
        ({"not": {"Source": [""]}}, ["1", "2"], 2),
    ],
)
def test_where_keeps_rows_by_the_files_own_columns(
    workspace: Workspace, where: dict[str, object], ids: list[str], filtered: int
) -> None:
    workspace.write("extracts/crm.csv", CRM)
    result = workspace.land("deals", {**DEALS, "where": where})
    assert workspace.rows("select deal_id from raw_sheets.deals order by _row") == [(number,) for number in ids]
    assert (result.rows_filtered, result.rows_empty) == (filtered, 1)


def test_exact_duplicates_are_kept_and_counted_or_dropped(workspace: Workspace) -> None:
    workspace.write("extracts/spend.csv", "date,spend,clicks\n2024-01-01,1,2\n2024-01-01,1,2\n2024-01-01,1,3\n")
    sheet = {"files": "extracts/spend.csv"}
    assert workspace.land("ad_spend", sheet).table_rows == 3
    assert workspace.rows("select exact_duplicates, rows_landed from landing.files") == [(1, 3)]
    result = workspace.land("ad_spend", {**sheet, "exact_duplicates": "drop"})
    assert (result.table_rows, result.rows_filtered) == (2, 1)


def test_exact_duplicates_of_a_large_file_are_counted_part_by_part(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_rows, "_COUNTED_AT_ONCE", 3)
    lines = [f"2024-03-{day:02},Google Ads,{day}" for day in (1, 2, 2, 3, 4, 5, 5, 5, 6, 7)]
    workspace.write("extracts/spend.csv", "\n".join(["date,platform,spend", *lines, ""]))

    workspace.land("ad_spend", {"files": "extracts/spend.csv"})

    assert workspace.rows("select exact_duplicates, rows_landed from landing.files") == [(3, 10)]


def test_key_row_gives_an_id_to_rows_that_have_none(workspace: Workspace) -> None:
    workspace.write("extracts/leads.csv", "created_at,email\n2024-01-01,a@b.c\n2024-01-01,a@b.c\n2024-01-02,d@e.f\n")
    sheet = {"files": "extracts/leads.csv"}
    assert "lead_id" in workspace.land("leads", sheet).refused["extracts/leads.csv"]
    workspace.land("leads", {**sheet, "key": "row"})
    ids = [row[0] for row in workspace.rows("select lead_id from raw_sheets.leads order by _row")]
    assert len(set(ids)) == 3
    assert [number[-2:] for number in ids] == ["-1", "-2", "-1"]
    assert ids[0][:-2] == ids[1][:-2]


def test_key_row_the_nth_copy_of_an_equal_row_is_its_own_row(workspace: Workspace) -> None:
    """January's file lists the fee once, the next one lists January twice and February: three rows, not four."""
    header = "month,cost_type,amount\n"
    workspace.write("extracts/costs_1.csv", header + "2024-01,tools,10\n")
    workspace.write("extracts/costs_2.csv", header + "2024-01,tools,10\n2024-01,tools,10\n2024-02,tools,10\n")
    workspace.land("marketing_costs", {"files": "extracts/costs_*.csv", "replace_by": "key"})
    rows = workspace.rows("select month, count(*) from raw_sheets.marketing_costs group by 1 order by 1")
    assert rows == [("2024-01-01", 2), ("2024-02-01", 1)]


def test_two_sheets_of_one_entity_do_not_replace_each_other(workspace: Workspace) -> None:
    workspace.write("extracts/a.csv", "date,spend\n2024-01-01,1\n")
    workspace.write("extracts/b.csv", "date,spend\n2024-01-01,2\n")
    slices = {"replace_by": ["date"]}
    a, b = {"files": "extracts/a.csv", **slices}, {"files": "extracts/b.csv", **slices}
    assert workspace.land("ad_spend", a, b).table_rows == 2
    workspace.write("extracts/b.csv", "date,spend\n2024-01-01,3\n")
    workspace.land("ad_spend", a, b)
    assert workspace.rows("select spend from raw_sheets.ad_spend order by 1") == [("1",), ("3",)]


def test_rows_of_a_sheet_that_the_settings_no_longer_name_leave(workspace: Workspace) -> None:
    workspace.write("extracts/a.csv", "date,spend\n2024-01-01,1\n")
    workspace.write("extracts/b.csv", "date,spend\n2024-01-01,2\n")
    workspace.land("ad_spend", {"files": "extracts/a.csv"}, {"files": "extracts/b.csv"})
    result = workspace.land("ad_spend", {"files": "extracts/b.csv"})
    assert workspace.rows("select spend from raw_sheets.ad_spend") == [("2",)]
    assert "no longer name" in result.notes[0]


def test_spend_needs_a_date_or_a_range(workspace: Workspace) -> None:
    workspace.write("extracts/spend.csv", "spend,start_date\n1,2024-01-01\n")
    reason = workspace.land("ad_spend", {"files": "extracts/spend.csv"}).refused["extracts/spend.csv"]
    assert "date or start_date, end_date" in reason


def test_a_number_that_staging_cannot_hold_is_refused(workspace: Workspace) -> None:
    """Numbers are DECIMAL(21, 6): fifteen digits before the point. With one more it would be null further on."""
    rows = "1,999999999999999.99,1\n2,1000000000000000,1\n3,-1000000000000000,1E+15\n"
    workspace.write("extracts/crm.csv", f"Id,Offer Total Amount,Units\n{rows}")
    fields = {"deal_id": "Id", "amount": "Offer Total Amount", "units": "Units"}
    workspace.land("deals", {**SHEET, "fields": fields, "formats": {}})
    found = workspace.rows("select amount, _unread_as from raw_sheets.deals order by _row")
    assert [amount for amount, _ in found] == ["999999999999999.99", None, None]
    assert [json.loads(problems or "[]") for _, problems in found] == [
        [],
        [{"column": "amount", "value": "1000000000000000", "reason": "too large a number"}],
        [
            {"column": "amount", "value": "-1000000000000000", "reason": "too large a number"},
            {"column": "units", "value": "1E+15", "reason": "too large a number"},
        ],
    ]
