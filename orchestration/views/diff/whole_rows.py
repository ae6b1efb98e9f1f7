"""Rows of one table that no columns name: two bags of rows, in which a changed row is one removed and one added."""

import duckdb

from orchestration.extracts.sql import identifier
from orchestration.publish.content import row_text
from orchestration.views.diff.found import Columns, TableDiff
from orchestration.views.diff.pairs import rows


def compare_whole_rows(
    connection: duckdb.DuckDBPyConnection,
    found: TableDiff,
    relations: tuple[str, str],
    columns: tuple[Columns, Columns],
    limit: int,
) -> None:
    """Fill `found` from the common columns of the old and the new relation."""
    before, after = columns
    names = [name for name in after if name in before]
    old, new = (
        f"(select {row_text({name: types[name] for name in names})} as whole, count(*) as copies,"
        f" any_value({{{', '.join(f'{_text(name)}: {identifier(name)}' for name in names)}}}) as row"
        f" from {relation} group by whole)"
        for relation, types in zip(relations, columns, strict=True)
    )
    connection.execute(
        "create or replace temp table bags as select coalesce(n.copies, 0) - coalesce(o.copies, 0) as more,"
        f" coalesce(cast(n.row as varchar), cast(o.row as varchar)) as row"
        f" from {old} as o full join {new} as n on o.whole = n.whole"
    )
    found.added, found.removed = connection.execute(
        "select coalesce(sum(more) filter (where more > 0), 0)::bigint,"
        " coalesce(-sum(more) filter (where more < 0), 0)::bigint from bags"
    ).fetchall()[0]
    for what, test in (("added", "more > 0"), ("removed", "more < 0")):
        found.examples[what] = rows(connection, f"select row from bags where {test} order by row limit {limit}")


def _text(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
