"""A warehouse whose raw tables were landed as text gets their types from its own text."""

import pytest

from orchestration.errors import FunnelmartError
from orchestration.extracts.land.raw_tables import ensure_table
from tests.orchestration.extracts.conftest import Workspace, stats

UNREADABLE = '[{"column":"spend","value":"#REF!","reason":"no readable number"}]'


def as_text(workspace: Workspace, *rows: tuple[str | None, ...]) -> None:
    """The table as it was before: canonical texts, and what could not be read where it stood."""
    workspace.connection.execute("create schema raw_ads")
    workspace.connection.execute("""create table raw_ads.stats (account varchar, date varchar, campaign varchar,
        spend varchar, _synced varchar, _file varchar, _row bigint, _load_id bigint, _loaded_at timestamp,
        _row_hash varchar, _unreadable varchar, "Note" varchar)""")
    for row in rows:
        workspace.connection.execute(
            "insert into raw_ads.stats select ?, ?, 'x', ?, ?, 'a.csv', 1, 7, null, 'h', ?, 'kept'", list(row)
        )


def test_texts_become_values_and_what_could_not_be_read_leaves_its_column(workspace: Workspace) -> None:
    as_text(
        workspace,
        ("A", "2024-03-01", "12.50", "2024-03-02 10:00:00.25+00", None),
        ("B", "2024-03-02", "#REF!", "2024-03-02", UNREADABLE),
    )
    ensure_table(workspace.connection, stats())
    assert workspace.rows('select account, date, spend, _synced, _load_id, _unread_as, "Note" from raw_ads.stats') == [
        ("A", "2024-03-01", "12.5", "2024-03-02 10:00:00.25+00", 7, None, "kept"),
        ("B", "2024-03-02", None, "2024-03-02", 7, UNREADABLE, "kept"),
    ]
    assert workspace.rows("select _unreadable from raw_ads.stats where account = 'B'") == [
        (UNREADABLE.replace("#REF!", "#xxx!"),)
    ]
    types = "select column_name, data_type from duckdb_columns() where table_name = 'stats'"
    assert workspace.rows(types)[1:5] == [
        ("date", "DATE"), ("campaign", "VARCHAR"), ("spend", "DECIMAL(21,6)"), ("_synced", "TIMESTAMP")
    ]  # fmt: skip


def test_what_would_be_lost_stops_it_and_the_table_stays(workspace: Workspace) -> None:
    as_text(workspace, ("A", "2024-03-01", "much", None, None))
    with pytest.raises(FunnelmartError, match=r"raw_ads.stats was landed as text .* spend \(1 row\); delete the ware"):
        ensure_table(workspace.connection, stats())
    assert workspace.rows("select spend from raw_ads.stats") == [("much",)]


def test_files_that_are_there_are_landed_again_under_their_numbers(workspace: Workspace) -> None:
    workspace.write("extracts/ads/stats_a.csv", "account,date,spend\nA,2024-01-01,1.5\n")
    workspace.land_table(stats())
    before = workspace.rows("select load_id from landing.files")
    workspace.connection.execute("alter table raw_ads.stats alter spend type varchar")
    workspace.connection.execute("update landing.files set spec_fingerprint = 'older'")
    assert workspace.land_table(stats()).loaded == ["stats_a.csv"]
    assert workspace.rows("select spend from raw_ads.stats") == [("1.5",)]
    assert workspace.rows("select load_id from landing.files") == before
