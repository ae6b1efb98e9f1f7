"""The KPIs that moved: in which period and for which member, the largest first."""

from collections.abc import Mapping, Sequence

import duckdb

from orchestration.views.diff.found import Move


def moves(
    connection: duckdb.DuckDBPyConnection, key: Sequence[str], columns: Mapping[int, str], limit: int
) -> list[Move]:
    """Return what moved most in the table `pairs`; `columns` are the numbers among its values, by position.

    A change is measured by the largest value that its KPI has on either side, so that KPIs of any unit have one order
    and a small member's small change stands behind the company's.
    """
    if not columns:
        return []
    keys = ", ".join(f"key_{i}" for i in range(len(key)))
    of_kpi = f"partition by key_{list(key).index('kpi')}" if "kpi" in key else ""
    figures = " union all ".join(_figures(position, keys, of_kpi) for position in columns)
    found = connection.execute(
        f"with figures as ({figures}), sized as (select *, abs(coalesce(new, 0) - coalesce(old, 0)) as change"
        " from figures where differs)"
        f" select {keys}, position, old, new, coalesce(change / nullif(largest, 0), 0) as size from sized"
        f" order by size desc nulls last, position, {keys} limit {limit}"
    ).fetchall()
    result = []
    for *values, position, old, new, size in found:
        where = dict(zip(key, values, strict=True))
        column = columns[position]
        result.append(Move(str(where.pop("kpi", column)), column, where, old, new, size))
    return result


def _figures(position: int, keys: str, of_kpi: str) -> str:
    old, new = f"cast(old_{position} as double)", f"cast(new_{position} as double)"
    return (
        f"select {keys}, {position} as position, {old} as old, {new} as new, differs_{position} as differs,"
        f" max(greatest(abs({old}), abs({new}))) over ({of_kpi}) as largest from pairs"
    )
