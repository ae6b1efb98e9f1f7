"""Rows of one table paired by their key: which were added, removed or changed, and in which columns."""

from collections.abc import Sequence

import duckdb

from orchestration.extracts.sql import identifier
from orchestration.publish.content import is_number, row_text, value_text
from orchestration.views.diff.found import Columns, Row, TableDiff, Tolerance
from orchestration.views.diff.moves import moves


def compare_by_key(
    connection: duckdb.DuckDBPyConnection,
    found: TableDiff,
    relations: tuple[str, str],
    columns: tuple[Columns, Columns],
    tolerance: Tolerance | None,
    limit: int,
) -> None:
    """Fill `found`, whose key is known, from the common columns of the old and the new relation."""
    before, after = columns
    values = [name for name in after if name in before and name not in found.key]
    differs = [f"differs_{i}" for i in range(len(values))]
    _pair(connection, relations, found.key, [(name, before[name], after[name]) for name in values], tolerance)

    tests = {"added": "not in_old", "removed": "not in_new", "changed": " or ".join(differs) or "false"}
    counts = ", ".join(f"count(*) filter (where {test})" for test in [*tests.values(), *differs])
    found.added, found.removed, found.changed, *by_column = connection.execute(
        f"select {counts} from pairs"
    ).fetchall()[0]
    found.changed_columns = {name: count for name, count in zip(values, by_column, strict=True) if count}
    keys = ", ".join(f"key_{i} as {identifier(name)}" for i, name in enumerate(found.key))
    for what, test in tests.items():
        found.examples[what] = rows(connection, f"select {keys} from pairs where {test} order by all limit {limit}")
    if found.table.startswith("kpi_"):
        numbers = {
            i: name
            for i, name in enumerate(values)
            if name in found.changed_columns and is_number(before[name]) and is_number(after[name])
        }
        found.moves = moves(connection, found.key, numbers, limit)


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    """Return the rows of a query as dictionaries."""
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _pair(
    connection: duckdb.DuckDBPyConnection,
    relations: tuple[str, str],
    key: Sequence[str],
    values: Sequence[tuple[str, str, str]],
    tolerance: Tolerance | None,
) -> None:
    """Put both sides of each key whose rows are not the same into `pairs`; `values` are names with old and new type."""
    old, new = relations
    keys = [f"coalesce(o.{identifier(name)}, n.{identifier(name)}) as key_{i}" for i, name in enumerate(key)]
    sides = [f"o.{identifier(name)} as old_{i}, n.{identifier(name)} as new_{i}" for i, (name, *_) in enumerate(values)]
    same_key = " and ".join(f"o.{identifier(name)} is not distinct from n.{identifier(name)}" for name in key)
    tests = [
        f"in_old and in_new and {_differs(i, old_type, new_type, tolerance)} as differs_{i}"
        for i, (_, old_type, new_type) in enumerate(values)
    ]
    old_text = row_text({name: data_type for name, data_type, _ in values})
    new_text = row_text({name: data_type for name, _, data_type in values})
    old_rows = _of_its_own(old, new, old_text, new_text, same_key)
    new_rows = _of_its_own(new, old, new_text, old_text, same_key)
    connection.execute(
        f"create or replace temp table pairs as with sides as (select {', '.join([*keys, *sides])},"
        " coalesce(o._here, false) as in_old, coalesce(n._here, false) as in_new"
        f" from ({old_rows}) as o full join ({new_rows}) as n on {same_key})"
        f" select {', '.join(['*', *tests])} from sides"
    )


def _of_its_own(one: str, other: str, text: str, other_text: str, same_key: str) -> str:
    """SQL of the rows of `one` that are not the same in `other`: mostly few, which may be as wide as they are."""
    return (
        f"select o.*, true as _here from (select *, hash({text}) as _content from {one}) as o"
        f" anti join (select *, hash({other_text}) as _content from {other}) as n"
        f" on o._content = n._content and {same_key}"
    )


def _differs(position: int, old_type: str, new_type: str, tolerance: Tolerance | None) -> str:
    """The SQL that says whether a value differs: its text as in the content, or numbers beyond the tolerance."""
    old, new = f"old_{position}", f"new_{position}"
    numbers = is_number(old_type) and is_number(new_type)
    if old_type != new_type:
        common = "DOUBLE" if numbers else "VARCHAR"
        old, new, old_type, new_type = f"cast({old} as {common})", f"cast({new} as {common})", common, common
    text = f"({value_text(old, old_type)} is distinct from {value_text(new, new_type)})"
    if tolerance is None or not numbers:
        return text
    old, new = f"cast({old} as double)", f"cast({new} as double)"
    larger = f"greatest(abs({old}), abs({new}))"
    allowed = f"{tolerance.amount!r} * {larger}" if tolerance.is_share else f"{tolerance.amount!r}"
    # the last term: 5000.02 - 5000 is 0.02 to the nine digits that a double is known to
    return f"({text} and not coalesce(abs({old} - {new}) <= {allowed} + 1e-9 * {larger}, false))"
