"""What is written down of each file's columns, what is known of a source from it, and what people accept."""

from orchestration.extracts.land.columns_seen import accept_columns
from tests.orchestration.extracts.conftest import Workspace, stats

KNOWN = "select column_name, kind, in_every_file, since_load_id from landing.known_columns order by all"
SEEN = "select file, column_name, kind from landing.file_columns order by load_id, column_name"
ROWS = "".join(f"A,2024-01-{day:02},{day}.5,n{day}\n" for day in range(1, 26))


def test_the_first_files_say_what_a_source_has(workspace: Workspace) -> None:
    workspace.write("extracts/ads/stats_1.csv", f"account,date,spend,own\n{ROWS}")
    workspace.write("extracts/ads/stats_2.csv", "account,date,spend\nA,2024-02-01,1\n")
    workspace.land_table(stats())

    # of one row no kind is told; `own` is in one of the two files
    assert workspace.rows(KNOWN) == [
        ("account", "text", True, 2),
        ("date", "date", True, 2),
        ("own", "text", False, 2),
        ("spend", "number", True, 2),
    ]


def test_later_files_change_nothing_of_it_until_somebody_accepts(workspace: Workspace) -> None:
    workspace.write("extracts/ads/stats_1.csv", "account,date,spend\nA,2024-01-01,1\n")
    workspace.land_table(stats())
    before = workspace.rows(KNOWN)
    workspace.write("extracts/ads/stats_2.csv", f"account,date,spend,mood\n{ROWS}")
    workspace.land_table(stats())

    assert workspace.rows(KNOWN) == before
    assert workspace.rows(f"select distinct file, kind from ({SEEN}) where column_name = 'mood'") == [
        ("stats_2.csv", "text")
    ]
    assert accept_columns(workspace.connection, "ads", None) == [("ads", "stats")]
    assert ("mood", "text", True, 2) in workspace.rows(KNOWN)
    assert accept_columns(workspace.connection, "ads", "nosuch") == []


def test_numbers_that_become_words_are_seen(workspace: Workspace) -> None:
    workspace.write("extracts/ads/stats_1.csv", f"account,date,spend,own\n{ROWS.replace('n', '')}")
    workspace.land_table(stats())
    workspace.write("extracts/ads/stats_2.csv", f"account,date,spend,own\n{ROWS}")
    workspace.land_table(stats())

    assert workspace.rows(f"select file, kind from ({SEEN}) where column_name = 'own'") == [
        ("stats_1.csv", "number"),
        ("stats_2.csv", "text"),
    ]
