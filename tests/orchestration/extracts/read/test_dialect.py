"""Dialects: detected, verified against the expected columns; two readers that must agree on every row and line."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from orchestration.extracts.read import csv as delimited
from orchestration.extracts.read.csv import read_exact, read_fast
from orchestration.extracts.read.dialect import Dialect, find_dialect
from orchestration.extracts.read.encoding import TextFile, as_utf8
from orchestration.extracts.read.table import READ_TABLE
from orchestration.settings import Formats
from tests.orchestration.extracts.conftest import Workspace, stats


def dialect_of(tmp_path: Path, text: str, *expected: str, **formats: object) -> tuple[str, tuple[str, ...]]:
    path = tmp_path / "file.csv"
    path.write_text(text, newline="")
    found = find_dialect(path, Formats.model_validate(formats), frozenset(expected), bom=False)
    return found.delimiter, found.header


def test_many_decimal_commas_do_not_make_the_comma_the_delimiter(tmp_path: Path) -> None:
    text = "id;amount;rate\n" + "1;1,50;2,25\n" * 50
    assert dialect_of(tmp_path, text, "id", "amount") == (";", ("id", "amount", "rate"))


def test_commas_in_every_text_do_not_win_over_the_expected_columns(tmp_path: Path) -> None:
    text = "id|name, first|city, state\n1|Doe, Jane|Austin, TX\n"
    assert dialect_of(tmp_path, text, "id", "amount")[0] == "|"


def test_one_column_is_one_column_where_that_is_all_there_is(tmp_path: Path) -> None:
    assert dialect_of(tmp_path, "lead_id\na\nb\n", "lead_id") == (",", ("lead_id",))


def test_preamble_is_skipped_and_blank_lines_before_the_header_too(tmp_path: Path) -> None:
    text = "Report, made on 1 May\nAll accounts\n\nid,amount\n1,2\n"
    assert dialect_of(tmp_path, text, "id", "amount", skip_rows=2) == (",", ("id", "amount"))


def test_explicit_delimiter_wins_and_is_verified_by_the_columns(workspace: Workspace) -> None:
    workspace.write("extracts/deals.csv", "deal_id,amount\n1,2\n")
    result = workspace.land("deals", {"files": "extracts/deals.csv", "formats": {"delimiter": ";"}})
    assert "lacks required columns: deal_id; its columns are deal_id,amount" in result.refused["extracts/deals.csv"]


def test_lines_are_numbered_as_an_editor_numbers_them(workspace: Workspace) -> None:
    text = 'report\ndeal_id,product\n1,"two\nlines"\n\n2,x\n,\n3,"a ""quoted"" word"\n'
    workspace.write("extracts/deals.csv", text)
    result = workspace.land("deals", {"files": "extracts/deals.csv", "formats": {"skip_rows": 1}})
    assert (result.rows_in, result.rows_empty) == (4, 1)
    assert workspace.rows("select _row, deal_id, product from raw_sheets.deals order by _row") == [
        (3, "1", "two\nlines"),
        (6, "2", "x"),
        (8, "3", 'a "quoted" word'),
    ]


def test_duplicate_and_blank_names(workspace: Workspace) -> None:
    workspace.write("extracts/deals.csv", "deal_id,amount,amount,,note, \n1,5,6,,x,kept\n2,7,8,,,\n")
    workspace.land("deals", {"files": "extracts/deals.csv"})
    rows = workspace.rows("select amount, amount_2, note, column_6 from raw_sheets.deals order by _row")
    assert rows == [("5", "6", "x", "kept"), ("7", "8", None, None)]
    assert workspace.rows("select count(*) from information_schema.columns where column_name = 'column_4'") == [(0,)]


def test_of_two_columns_of_one_name_the_second_is_mapped_by_its_number(workspace: Workspace) -> None:
    """The first is taken by its plain name; whatever the case and the spaces, and nothing after them is shifted."""
    text = "date,Clicks, clicks ,spend,spend\n2024-03-01,3,4,1.50,9\n2024-03-02,,6,2.50,\n"
    workspace.write("extracts/spend.csv", text)
    workspace.land("ad_spend", {"files": "extracts/spend.csv", "fields": {"platform_conversions": "clicks_2"}})
    assert workspace.rows(
        "select date, clicks, platform_conversions, spend, spend_2 from raw_sheets.ad_spend order by _row"
    ) == [("2024-03-01", 3, "4", "1.5", "9"), ("2024-03-02", None, "6", "2.5", None)]


def test_a_files_own_meta_columns_do_not_collide(workspace: Workspace) -> None:
    workspace.write("extracts/deals.csv", "deal_id,_row,_FILE,email_hash\n1,77,f,h\n")
    workspace.land("deals", {"files": "extracts/deals.csv"})
    rows = workspace.rows('select _row, "_row_2", _file, "_FILE_2", "email_hash_2", email_hash from raw_sheets.deals')
    assert rows == [(2, "77", "extracts/deals.csv", "f", "h", None)]


def test_spaces_around_quotes_are_padding(workspace: Workspace) -> None:
    workspace.write("extracts/deals.csv", 'deal_id, product, stage\n1, "x, y", "two\nlines"\n')
    workspace.land("deals", {"files": "extracts/deals.csv"})
    assert workspace.rows("select deal_id, product, stage from raw_sheets.deals") == [("1", "x, y", "two\nlines")]


@pytest.mark.parametrize("block", [1, 7, 1000])
@pytest.mark.parametrize(
    ("line", "is_padded"),
    [
        ('2024-03-01, "Ads, Search",1', True),
        ('2024-03-01,"Ads, Search" ,1', True),
        (' "2024-03-01",Ads,1', True),
        ('2024-03-01,Ads,"1" ', True),
        ('2024-03-01,"Ads, Search",1', False),
        ('2024-03-01,Ads of 24 " screens,1', False),
        ("2024-03-01, Ads ,1", False),
    ],
)
def test_padded_quotes_are_found_block_by_block(
    line: str, is_padded: bool, block: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "_BLOCK", block)
    file = tmp_path / "spend.csv"
    file.write_text(f"date,platform,spend\n2024-02-29,Ads,1\n{line}\n2024-03-02,Ads,1\n")
    text = TextFile(file, "utf-8", lines=4, has_carriage_returns=False)
    dialect = Dialect(",", '"', ("date", "platform", "spend"), header_start=1, header_end=1)
    assert delimited._has_padded_quotes(text, dialect) is is_padded


FIELD = st.text(alphabet=st.sampled_from(list("ab1 ,;\"\n\rё\u00a0'\\")), max_size=6)
RECORDS = st.lists(st.lists(FIELD, min_size=1, max_size=6), max_size=8)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("csv") / "file.csv"


@settings(max_examples=100, deadline=None)
@given(records=RECORDS, quote_all=st.booleans(), end=st.sampled_from(["\n", "\r\n"]))
def test_both_readers_agree(
    connection: duckdb.DuckDBPyConnection, path: Path, records: list[list[str]], quote_all: bool, end: str
) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL, lineterminator=end)
    writer.writerow(["a", "b", "c"])
    writer.writerows(records)
    assert_readers_agree(connection, path, buffer.getvalue())


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet=st.sampled_from(list('ab ,"\n')), max_size=40))
@example(text='"" ""')
@example(text=' """"')
@example(text='"""" ')
@example(text='  "')
def test_both_readers_agree_on_anything_that_is_typed(
    connection: duckdb.DuckDBPyConnection, path: Path, text: str
) -> None:
    assert_readers_agree(connection, path, "a,b,c\n" + text)


def assert_readers_agree(connection: duckdb.DuckDBPyConnection, path: Path, written: str) -> None:
    """Where the fast reader says that it is exact, the exact one gives the same rows under the same line numbers.

    Up to spaces at the start of a value, which landing trims.
    """
    path.write_text(written, newline="", encoding="utf-8")
    text = as_utf8(path, None, path.parent)
    dialect = find_dialect(path, Formats(delimiter=","), frozenset(), bom=False)
    read = read_fast(connection, text, dialect)
    if read is None:
        return
    cells = ", ".join(f"ltrim(coalesce(c{n}, ''))" for n in range(3))
    fast = connection.execute(f"select {read.row}, {cells}, {read.overflow} is not null from {READ_TABLE}").fetchall()
    read_exact(connection, text, dialect)
    exact = connection.execute(
        f"select _row, {cells}, _overflow is not null from {READ_TABLE} order by _row"
    ).fetchall()
    assert fast == exact


@pytest.mark.parametrize("above", [0, 9])
def test_titles_above_the_header_are_passed_over(workspace: Workspace, above: int) -> None:
    """Rows keep the numbers of their lines; a line of totals, where the source says how it begins, counts apart."""
    more = "".join(f'"Line {number}"\n' for number in range(above))
    text = more + '"Report (2024-01-01 - 2024-01-02)"\naccount\tdate\tspend\nA\t2024-01-01\t1.50\nTotal rows: 1\n'
    workspace.write("extracts/ads/stats.tsv", text)
    result = workspace.land_table(stats(totals=("Total rows:",)))
    assert (result.rows_in, result.rows_totals, result.rows_landed) == (2, 1, 1)
    assert workspace.rows("select _row, account, spend from raw_ads.stats") == [(above + 3, "A", "1.5")]


def test_a_row_of_data_that_holds_words_columns_are_called_by_is_no_header(tmp_path: Path) -> None:
    """`Won` and `Sales` name columns elsewhere; the line above them has as many cells, so it is no title."""
    path = tmp_path / "deals.csv"
    path.write_text("Deal - ID,Deal - Status,Deal - Pipeline\n101,Won,Sales\n102,Lost,Sales\n")
    dialect = find_dialect(path, Formats(), frozenset({"won", "sales", "id"}), bom=False)
    assert dialect.header == ("Deal - ID", "Deal - Status", "Deal - Pipeline")
