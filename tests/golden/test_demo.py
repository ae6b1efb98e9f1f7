"""The demo's tables hold what the committed list says, row for row; whatever changes a figure has to say so."""

from pathlib import Path

from tests.end_to_end.command import published
from tests.golden.contents import changes, golden, published_contents

WHAT_TO_DO = """
The demo's published tables are not those of tests/golden/demo.json:
  {changes}
Not meant? Publish the demo with the code before and after, and see what moved: funnelmart diff BEFORE AFTER.
Meant: write the list again (make golden), and explain the change in CHANGELOG.md."""


def test_the_demos_tables_are_those_of_the_committed_list(published_demo: Path) -> None:
    changed = changes(golden(), published_contents(published_demo))

    assert not changed, WHAT_TO_DO.format(changes="\n  ".join(changed))


def test_the_published_file_records_the_same_contents(published_demo: Path) -> None:
    recorded = published(
        published_demo, "select table_name, rows, content_hash from _meta.tables where part_of is null order by all"
    )

    assert [table for table, _, _ in recorded] == sorted(golden())
    assert {t: rows for t, rows, _ in recorded if rows is not None and rows != golden()[t]["rows"]} == {}
    assert {t for t, rows, _ in recorded if rows is None} == {"kpi_comparison", "kpi_long"}
    assert {h for t, _, h in recorded if h is not None and h != golden()[t]["content_hash"]} == set()


def test_a_change_is_told_table_by_table() -> None:
    before = {t: {"rows": 2, "content_hash": "a"} for t in ("fct_leads", "fct_deals", "dim_kpi", "kpi_total")}
    now = before | {"fct_deals": {"rows": 3, "content_hash": "b"}, "kpi_total": {"rows": 2, "content_hash": "b"}}
    now["dim_date"] = now.pop("dim_kpi")

    assert changes(before, now) == [
        "dim_date: new",
        "dim_kpi: gone",
        "fct_deals: other content (2 → 3 rows)",
        "kpi_total: other content (2 rows)",
    ]
