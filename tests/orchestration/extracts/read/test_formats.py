"""The same three rows, however the file is written, packed or encoded, give the same raw table."""

import datetime as dt
import gzip
import io
import json
import zipfile
from collections.abc import Callable

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from tests.orchestration.extracts.conftest import Workspace

FIELDS = {"deal_id": "Id", "product": "Курс", "amount": "Betrag", "closed_at": "Closed"}
EXPECTED = [
    ("1", "Анализ; данных", "3500", "2024-03-01"),
    ("2", "Größe", "-0.5", None),
    ("3", None, None, "2024-12-31"),
]
TEXT = """Id;Курс;Betrag;Closed
1;"Анализ; данных";3.500,00;01.03.2024
2;Größe;-0,5;
3;;;31.12.2024
"""
CYRILLIC = TEXT.replace("Größe", "Размер")
GERMAN = {"date": "%d.%m.%Y", "timestamp": "%d.%m.%Y %H:%M", "decimal": ",", "thousands": "."}


def zipped(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, content)
        archive.writestr("__MACOSX/._x", b"litter")
    return buffer.getvalue()


def landed(workspace: Workspace, name: str, content: bytes, **formats: object) -> list[tuple[object, ...]]:
    workspace.write(f"extracts/{name}", content)
    result = workspace.land("deals", {"files": f"extracts/{name}", "fields": FIELDS, "formats": {**GERMAN, **formats}})
    assert not result.refused, result.refused
    assert result.rows_unreadable == 0
    return workspace.rows("select deal_id, product, amount, closed_at from raw_sheets.deals order by _row")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plain.csv", TEXT.encode()),
        ("bom.csv", TEXT.encode("utf-8-sig")),
        ("utf16.csv", TEXT.encode("utf-16")),
        ("utf16_without_mark.csv", TEXT.encode("utf-16-le")),
        ("windows_line_ends.csv", TEXT.replace("\n", "\r\n").encode()),
        ("old_mac_line_ends.csv", TEXT.replace("\n", "\r").encode()),
        ("no_newline_at_the_end.csv", TEXT.strip().encode()),
        ("tabs.tsv", TEXT.replace(";", "\t").replace('"Анализ\t данных"', "Анализ; данных").encode()),
        ("texts_kept_from_excel.csv", TEXT.replace("\n1;", '\n"=""1""";').replace("\n3;;", '\n="3";"=""""";').encode()),
        ("pipes.txt", TEXT.replace(";", "|").replace("Анализ| ", "Анализ; ").encode()),
        ("packed.csv.gz", gzip.compress(TEXT.encode())),
        ("packed.csv.zst", zstandard.compress(TEXT.encode())),
        ("packed.zip", zipped("inner.csv", TEXT.encode())),
        ("twice.zip", zipped("inner.csv.gz", gzip.compress(TEXT.encode("utf-16")))),
        ("no_extension", TEXT.encode()),
    ],
)
def test_delimited_text(workspace: Workspace, name: str, content: bytes) -> None:
    assert landed(workspace, name, content) == EXPECTED


@pytest.mark.parametrize("encoding", [None, "windows-1251"])
def test_windows_1251(workspace: Workspace, encoding: str | None) -> None:
    rows = landed(workspace, "cp1251.csv", CYRILLIC.encode("windows-1251"), encoding=encoding)
    assert [row[1] for row in rows] == ["Анализ; данных", "Размер", None]


def test_another_cyrillic_encoding_is_not_taken_for_windows_1251(workspace: Workspace) -> None:
    workspace.write("extracts/koi8.csv", CYRILLIC.encode("koi8-r"))
    refused = workspace.land("deals", {"files": "extracts/koi8.csv", "fields": {"deal_id": "Id"}}).refused
    assert refused["extracts/koi8.csv"] == "is no Windows-1251, rather koi8-r; set formats.encoding"


@pytest.mark.parametrize("spelled", [str.lower, str.upper])
def test_without_capitals_beside_small_letters_the_letters_tell_the_encoding(
    workspace: Workspace, spelled: Callable[[str], str]
) -> None:
    content = spelled("deal_id;product\n1;анализ данных\n2;новая заявка\n3;отказ\n")
    sheet = {"files": "extracts/*.csv", "fields": {"deal_id": "deal_id", "product": "product"}}
    workspace.write("extracts/koi8.csv", content.encode("koi8-r"))
    workspace.write("extracts/windows.csv", content.encode("windows-1251"))

    result = workspace.land("deals", sheet)

    assert result.refused == {
        "extracts/koi8.csv": "is no Windows-1251, rather koi8-r, as its letters tell; set formats.encoding"
    }
    assert workspace.rows("select lower(product) from raw_sheets.deals order by _row") == [
        ("анализ данных",), ("новая заявка",), ("отказ",),
    ]  # fmt: skip


def test_a_few_letters_do_not_tell_the_encoding(workspace: Workspace) -> None:
    workspace.write("extracts/few.csv", "deal_id;product\n1;фарфор\n".encode("koi8-r"))
    refused = workspace.land("deals", {"files": "extracts/few.csv"}).refused
    assert refused["extracts/few.csv"] == (
        "may be windows-1251 or koi8-r: it has too few letters to tell; set formats.encoding"
    )


def test_western_bytes_are_not_taken_for_cyrillic(workspace: Workspace) -> None:
    content = "deal_id;product\n1;Größe\n2;Müller & Söhne\n".encode("windows-1252")
    workspace.write("extracts/west.csv", content)
    sheet = {"files": "extracts/west.csv"}
    assert "set formats.encoding" in workspace.land("deals", sheet).refused["extracts/west.csv"]
    workspace.land("deals", {**sheet, "formats": {"encoding": "windows-1252"}})
    assert workspace.rows("select product from raw_sheets.deals order by _row") == [("Größe",), ("Müller & Söhne",)]


def workbook(sheet: str = "Deals") -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["not this one"])
    page = book.create_sheet(sheet)
    page.append(["Id", "Курс", "Betrag", "Closed"])
    page.append([1, "Анализ; данных", 3500, dt.datetime(2024, 3, 1)])
    page.append([2, "Größe", -0.5, None])
    page.append([3, None, None, dt.date(2024, 12, 31)])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_workbook_sheet_by_name(workspace: Workspace) -> None:
    expected = [(a, b, {"3500": "3500"}.get(c or "", c), d) for a, b, c, d in EXPECTED]
    assert landed(workspace, "book.xlsx", workbook(), sheet="Deals") == expected


def test_workbook_under_a_wrong_name_is_still_read_as_a_workbook(workspace: Workspace) -> None:
    assert len(landed(workspace, "book.csv", workbook(), sheet="Deals")) == 3


def test_workbook_without_the_named_sheet_is_refused_with_the_names_it_has(workspace: Workspace) -> None:
    workspace.write("extracts/book.xlsx", workbook())
    result = workspace.land("deals", {"files": "extracts/book.xlsx", "formats": {"sheet": "März"}})
    assert result.refused["extracts/book.xlsx"] == "has no sheet 'März'; its sheets are 'Sheet', 'Deals'"


def test_error_cell_of_a_workbook_is_unreadable_and_not_empty(workspace: Workspace) -> None:
    book = openpyxl.Workbook()
    book.active.append(["deal_id", "amount", "closed_at", "probability"])
    book.active.append(["1", "#REF!", dt.datetime(2024, 3, 1, 10, 30, 5), 0.1])
    book.active["B2"].data_type = "e"
    buffer = io.BytesIO()
    book.save(buffer)
    workspace.write("extracts/book.xlsx", buffer.getvalue())
    workspace.land("deals", {"files": "extracts/book.xlsx", "timezone": "Europe/Berlin", "formats": GERMAN})
    ((amount, closed_at, probability, unreadable),) = workspace.rows(
        "select amount, closed_at, probability, _unread_as from raw_sheets.deals"
    )
    assert (amount, probability) == (None, "0.1")
    assert closed_at == "2024-03-01 09:30:05+00"  # the declared format has no seconds: nothing may be lost
    assert json.loads(unreadable) == [{"column": "amount", "value": "#REF!", "reason": "no readable number"}]


def test_a_formula_that_nobody_worked_out_is_unreadable_and_not_empty(workspace: Workspace) -> None:
    book = openpyxl.Workbook()
    book.active.append(["deal_id", "amount"])
    book.active.append(["1", "=2*3"])  # as programs write it; a spreadsheet puts its result beside it
    buffer = io.BytesIO()
    book.save(buffer)
    workspace.write("extracts/book.xlsx", buffer.getvalue())
    workspace.land("deals", {"files": "extracts/book.xlsx"})
    ((unread,),) = workspace.rows("select _unread_as from raw_sheets.deals")
    assert json.loads(unread) == [{"column": "amount", "value": "=2*3", "reason": "no readable number"}]


def test_amounts_in_formats_of_several_currencies_are_each_in_their_own(workspace: Workspace) -> None:
    book = openpyxl.Workbook()
    shown = ["#,##0.00 [$€-407]", "[$$-409]#,##0.00", "#,##0.00 [$€-407]", "[$CHF] 0.000", "0.00"]
    for row in [["deal_id", "amount", "units"], *([n, 1234.125 * n, n] for n in range(1, 6))]:
        book.active.append(row)
    for number, code in enumerate(shown, start=2):
        book.active[f"B{number}"].number_format = code
        book.active[f"C{number}"].number_format = "#,##0.00 [$€-407]"  # the same in all rows says nothing of one
    buffer = io.BytesIO()
    book.save(buffer)
    workspace.write("extracts/book.xlsx", buffer.getvalue())
    workspace.land("deals", {"files": "extracts/book.xlsx", "formats": GERMAN})
    assert workspace.rows("select amount, currency, units from raw_sheets.deals order by _row") == [
        ("1234.125", "EUR", "1"), ("2468.25", "$", "2"), ("3702.375", "EUR", "3"), ("4936.5", "CHF", "4"),
        ("6170.625", None, "5"),
    ]  # fmt: skip


def test_error_cells_of_an_opendocument_are_unreadable_and_not_empty(workspace: Workspace) -> None:
    """LibreOffice writes them as an empty text, and wrote them as the number 0."""
    cell = '<table:table-cell office:value-type="{}" {} calcext:value-type="{}"><text:p>{}</text:p></table:table-cell>'
    rows = [("string", "", "string", "amount"), ("string", 'office:string-value=""', "error", "#REF!"),
            ("float", 'office:value="0"', "error", "#N/A"), ("float", 'office:value="7"', "float", "7")]  # fmt: skip
    repeated = ' table:number-rows-repeated="2"'
    lines = [
        f"<table:table-row{repeated if n == 1 else ''}>{cell.format(*row)}</table:table-row>"
        for n, row in enumerate(rows)
    ]
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    loext = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f"<office:document-content {spaces} {loext}><office:body><office:spreadsheet>"
        f'<table:table table:name="A">{"".join(lines)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest='urn:x'/>")
        archive.writestr("content.xml", content)
    workspace.write("extracts/book.ods", buffer.getvalue())
    workspace.land("deals", {"files": "extracts/book.ods", "key": "row"})
    rows_landed = workspace.rows("select amount, _unread_as from raw_sheets.deals order by _row")
    assert [(amount, unread and json.loads(unread)[0]["value"]) for amount, unread in rows_landed] == [
        (None, "#REF!"), (None, "#REF!"), (None, "#N/A"), ("7", None),
    ]  # fmt: skip


RECORDS = [
    {"Id": 1, "Курс": "Анализ; данных", "Betrag": 3500.00, "Closed": "01.03.2024"},
    {"Id": 2, "Курс": "Größe", "Betrag": -0.5, "Closed": None},
    {"Id": 3, "Closed": "31.12.2024"},
]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("array.json", lambda: json.dumps(RECORDS, indent=1)),
        ("wrapped.json", lambda: json.dumps({"next": None, "results": RECORDS})),
        ("lines.jsonl", lambda: "\n".join(map(json.dumps, RECORDS)) + "\n\n"),
        ("lines_under_another_name.json", lambda: "\n".join(map(json.dumps, RECORDS))),
    ],
)
def test_json(workspace: Workspace, name: str, written: Callable[[], str]) -> None:
    rows = landed(workspace, name, written().encode())
    assert [(row[0], row[1], row[3]) for row in rows] == [(row[0], row[1], row[3]) for row in EXPECTED]
    assert [row[2] for row in rows] == ["3500", "-0.5", None]


def test_json_members_may_first_appear_in_the_last_record(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.extracts.read.table.BATCH", 2)
    lines = [
        '{"deal_id": 1}',
        '{"deal_id": 2, "b": 5}',
        '{"deal_id": 3, "a": "x", "amount": 7}',
        '{"b": 6, "deal_id": 4}',
    ]
    workspace.write("extracts/deals.jsonl", "\n".join(lines))
    workspace.land("deals", {"files": "extracts/*.jsonl"})
    rows = workspace.rows("select deal_id, amount::int, a, b, _row from raw_sheets.deals order by deal_id")
    assert rows == [
        ("1", None, None, None, 1),
        ("2", None, None, "5", 2),
        ("3", 7, "x", None, 3),
        ("4", None, None, "6", 4),
    ]


def test_json_members_that_differ_in_case_are_one_unless_they_stand_together(workspace: Workspace) -> None:
    lines = ['{"deal_id": 1, "Amount": 5}', '{"deal_id": 2, "amount": 7}', '{"deal_id": 3, "AMOUNT": 9, "Amount": 8}']
    workspace.write("extracts/deals.jsonl", "\n".join(lines))
    workspace.land("deals", {"files": "extracts/*.jsonl"})
    rows = workspace.rows('select amount::int, "AMOUNT_2" from raw_sheets.deals order by _row')
    assert rows == [(5, None), (7, None), (8, "9")]


def test_json_is_flattened_and_long_numbers_lose_no_digit(workspace: Workspace) -> None:
    line = '{"deal_id": 12345678901234567890, "deal": {"amount": 0.10, "tags": ["a", 1.50]}, "is_deleted": false}'
    workspace.write("extracts/deals.jsonl", line)
    workspace.land("deals", {"files": "extracts/*.jsonl", "fields": {"amount": "deal.amount"}})
    rows = workspace.rows('select deal_id, amount, "deal.tags", is_deleted, _row from raw_sheets.deals')
    assert rows == [("12345678901234567890", "0.1", '["a", 1.50]', False, 1)]


def test_parquet(workspace: Workspace) -> None:
    table = pa.table(
        {
            "Id": [1, 2, 3],
            "Курс": ["Анализ; данных", "Größe", None],
            "Betrag": pa.array([3500, -0.5, None], pa.float64()),
            "Closed": pa.array([dt.date(2024, 3, 1), None, dt.date(2024, 12, 31)]),
            "nested": [{"a": {"b": 1}}, {"a": {"b": 2}}, None],
        }
    )
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    rows = landed(workspace, "deals.parquet", buffer.getvalue())
    assert [row[:2] + row[3:] for row in rows] == [row[:2] + row[3:] for row in EXPECTED]
    assert [row[2] for row in rows] == ["3500", "-0.5", None]
    assert workspace.rows('select "nested.a.b" from raw_sheets.deals order by _row') == [("1",), ("2",), (None,)]


def test_parquet_times_without_zone_are_in_the_sheets_zone(workspace: Workspace) -> None:
    naive = dt.datetime(2024, 7, 1, 12, 0, 0, 250)
    table = pa.table({"lead_id": ["a"], "created_at": [naive], "updated_at": [naive.replace(tzinfo=dt.UTC)]})
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    workspace.write("extracts/leads.parquet", buffer.getvalue())
    workspace.land("leads", {"files": "extracts/leads.parquet", "timezone": "Europe/Berlin"})
    rows = workspace.rows("select created_at, updated_at from raw_sheets.leads")
    assert rows == [("2024-07-01 10:00:00.00025+00", "2024-07-01 12:00:00.00025+00")]
