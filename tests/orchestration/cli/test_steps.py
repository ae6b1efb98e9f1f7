"""What a step did, in a few words, and how fast a large file is read."""

import datetime as dt
import io
from collections import Counter

import pytest

from orchestration.cli.steps import Steps, describe
from orchestration.progress import FileProgress, listening, note, say


@pytest.mark.parametrize(
    ("tally", "text"),
    [
        (Counter(rows=13_000, tables=2), "13,000 new rows, 6,500 rows/s"),
        (Counter(rows=0, tables=2), "nothing new"),
        (Counter(tables=58, checks=41, failed=1), "58 tables and views, 41 checks, 1 not passed"),
        (Counter(tables=1, bytes=15_200_000), "15.2 MB"),
        (Counter(), ""),
    ],
)
def test_a_step_in_a_few_words(tally: Counter[str], text: str) -> None:
    assert describe(tally, seconds=2.0) == text


def test_the_rate_of_a_file_counts_from_where_it_was_first_seen() -> None:
    heard: list[str] = []
    progress = FileProgress(clock=iter([10.0, 10.0, 12.0, 20.0, 20.0]).__next__)

    with listening(heard.append):
        progress("deals.csv", 4_000_000, 20_000_000)
        progress("deals.csv", 10_000_000, 20_000_000)
        progress("leads.csv", 1_000_000, 8_000_000)

    assert heard == [
        "deals.csv: 20% of 20.0 MB",
        "deals.csv: 50% of 20.0 MB, 3.0 MB/s",
        "leads.csv: 12% of 8.0 MB",
    ]


def test_what_people_should_know_is_shown_though_nothing_failed() -> None:
    shown = io.StringIO()
    with Steps(shown, dt.datetime.now(dt.UTC)):
        say("leads.csv: 10% of 20.0 MB")
        note("the working database of an older version is now of layout 1")
    assert shown.getvalue() == "note: the working database of an older version is now of layout 1\n"


def test_a_name_of_a_file_is_no_markup_and_no_command_to_the_terminal() -> None:
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    with Steps(terminal, dt.datetime.now(dt.UTC)) as steps:  # type: ignore[arg-type]
        steps.say("extracts/a[/b].csv: 50% of 1.0 MB")
        steps.say("note: extracts/\x1b]0;title\x07.csv has the same content as extracts/[/c].csv; both count")
    assert "note: extracts/]0;title.csv has the same content as extracts/[/c].csv" in terminal.getvalue()
    assert "\x1b]0;" not in terminal.getvalue()
