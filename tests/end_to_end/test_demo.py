"""The demo, published: its flaws are where a user looks for them, and none of them stops the publication."""

from pathlib import Path

from tests.end_to_end.command import published


def test_its_broken_rows_and_its_broken_file_are_in_quarantine_with_a_reason(published_demo: Path) -> None:
    refused = published(published_demo, 'select "table", line, reason from _meta.quarantine')

    assert any(line is None for _, line, _ in refused), "the broken file"
    assert any(line is not None for _, line, _ in refused), "broken rows"
    assert all(reason for _, _, reason in refused)


def test_warnings_show_and_nothing_critical_failed(published_demo: Path) -> None:
    failed = published(published_demo, "select distinct severity from _meta.checks where not success")

    assert failed == [("warning",)]
