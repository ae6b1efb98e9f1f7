"""What stands beneath the values that calamine gives: errors, and currencies in the formats of numbers."""

import io
import json
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import numbers

from tests.orchestration.extracts.conftest import Workspace
from tests.orchestration.extracts.read.binary_books import XLS, xlsb

EURO, DOLLAR = "#,##0.00 [$€-407]", "[$$-409]#,##0.00"
BUILT_IN = numbers.BUILTIN_FORMATS[44]  # by its number alone: the currency of whoever opens the file
XLSB = xlsb(
    [["deal_id", "amount", "units"], ["1", (1, 10.5), (1, 1.0)], ["2", "#N/A", (1, 2.0)], ["3", (2, 20.25), (1, 3.0)],
     ["4", (1, "#REF!"), (1, 4.0)]],
    [EURO, DOLLAR],
)  # fmt: skip


def xlsx(*amounts: tuple[float | str, str]) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["deal_id", "amount"])
    for number, (amount, code) in enumerate(amounts, start=1):
        book.active.append([number, amount])
        book.active.cell(number + 1, 2).number_format = code
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ods(*amounts: tuple[float, str]) -> bytes:
    cells = "".join(
        f'<table:table-row><table:table-cell office:value-type="currency" office:currency="{code}" '
        f'office:value="{amount}"><text:p>{amount}</text:p></table:table-cell></table:table-row>'
        for amount, code in amounts
    )
    header = '<table:table-cell office:value-type="string"><text:p>amount</text:p></table:table-cell>'
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest='urn:x'/>")
        archive.writestr(
            "content.xml",
            f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="A">'
            f"<table:table-row>{header}</table:table-row>{cells}"
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sheet", "expected"),
    [
        ("book.xls", XLS, "Deals", [("10.5", "EUR", None), (None, None, "#N/A"), ("20.25", "$", None),
                                    ("7", "EUR", None)]),
        ("book.xlsb", XLSB, None, [("10.5", "EUR", None), (None, None, "#N/A"), ("20.25", "$", None),
                                   (None, None, "#REF!")]),
    ],
)  # fmt: skip
def test_errors_and_currencies_of_binary_workbooks(
    workspace: Workspace, name: str, content: bytes, sheet: str | None, expected: list[Any]
) -> None:
    workspace.write(f"extracts/{name}", content)
    workspace.land("deals", {"files": f"extracts/{name}", "formats": {"sheet": sheet} if sheet else {}})
    found = workspace.rows("select amount, currency, _unread_as, units from raw_sheets.deals order by _row")
    assert [(amount, code, unread and json.loads(unread)[0]["value"]) for amount, code, unread, _ in found] == expected
    assert [row[3] for row in found] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    ("name", "content", "doubt"),
    [
        ("a.xlsx", xlsx((10.0, DOLLAR), (20.0, DOLLAR)), "amounts in 'amount' bear $ and count as EUR (2 rows)"),
        ("b.xlsx", xlsx((10.0, "[$CHF] 0.00"), (20.0, "0.00")),
         "amounts in 'amount' bear CHF and count as EUR (2 rows)"),
        ("c.xlsx", xlsx((10.0, EURO)), None),
        ("d.xlsx", xlsx((10.0, '_("$"* #,##0.00_)')), "amounts in 'amount' bear $ and count as EUR (1 row)"),
        ("e.xlsx", xlsx((10.0, BUILT_IN)), None),
        ("f.ods", ods((10.0, "USD"), (20.0, "USD")), "amounts in 'amount' bear USD and count as EUR (2 rows)"),
        ("g.xlsb", xlsb([["deal_id", "amount"], ["1", (1, 5.0)]], [DOLLAR]),
         "amounts in 'amount' bear $ and count as EUR (1 row)"),
    ],
)  # fmt: skip
def test_one_currency_in_the_formats_of_all_numbers_is_doubted_where_it_is_another(
    workspace: Workspace, name: str, content: bytes, doubt: str | None
) -> None:
    workspace.write(name, content)
    result = workspace.land("deals", {"files": name, "key": "row"})
    assert workspace.rows("select currency_doubt from landing.files") == [(doubt,)]
    assert result.notes == ([f"{name}: {doubt}"] if doubt else [])
    assert workspace.rows("select distinct currency from raw_sheets.deals") == [(None,)]


def test_texts_with_a_sign_beside_numbers_of_another_currency(workspace: Workspace) -> None:
    workspace.write("book.xlsx", xlsx((10.0, "[$CHF] 0.00"), ("5.00 €", "@")))
    workspace.land("deals", {"files": "book.xlsx"})
    assert workspace.rows("select amount, currency from raw_sheets.deals order by _row") == [
        ("10", "CHF"), ("5", "EUR"),
    ]  # fmt: skip


def test_currencies_of_a_workbook_of_opendocument_are_each_their_own(workspace: Workspace) -> None:
    workspace.write("book.ods", ods((10.0, "USD"), (20.0, "CHF")))
    workspace.land("deals", {"files": "book.ods", "key": "row"})
    assert workspace.rows("select amount, currency from raw_sheets.deals order by _row") == [
        ("10", "USD"), ("20", "CHF"),
    ]  # fmt: skip


def test_columns_of_months_in_different_currencies_are_not_added_up(workspace: Workspace) -> None:
    book = openpyxl.Workbook()
    for row in (["Channel", "Jan 2026", "Feb 2026"], ["Search", 10, 20]):
        book.active.append(row)
    book.active["B2"].number_format, book.active["C2"].number_format = EURO, "[$CHF] 0.00"
    buffer = io.BytesIO()
    book.save(buffer)
    workspace.write("book.xlsx", buffer.getvalue())
    unfold = {"columns": ["Jan 2026", "Feb 2026"], "into": "month", "value": "amount"}
    fields = {"cost_type": "Channel"}
    workspace.land("marketing_costs", {"files": "book.xlsx", "fields": fields, "unfold": unfold})
    assert workspace.rows("select amount, currency from raw_sheets.marketing_costs order by month") == [
        ("10", "EUR"), ("20", "CHF"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("is_stale", "expected"), [(True, [(None, "=2*3"), ("7", None)]), (False, [("0", None), ("7", None)])]
)
def test_a_nought_for_a_formula_that_nobody_has_worked_out(
    workspace: Workspace, is_stale: bool, expected: list[Any]
) -> None:
    """XlsxWriter writes it beside each formula, and that whoever opens the workbook shall work all of them out."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(("=2*3", "0.00"), (7.0, "0.00")))) as made,
        zipfile.ZipFile(buffer, "w") as new,
    ):
        for name in made.namelist():
            part = made.read(name).replace(b"<v/>", b"<v>0</v>").replace(b"<v />", b"<v>0</v>")
            new.writestr(name, part if is_stale else part.replace(b'fullCalcOnLoad="1"', b""))
    workspace.write("book.xlsx", buffer.getvalue())
    workspace.land("deals", {"files": "book.xlsx"})
    found = workspace.rows("select amount, _unread_as from raw_sheets.deals order by _row")
    assert [(amount, unread and json.loads(unread)[0]["value"]) for amount, unread in found] == expected
