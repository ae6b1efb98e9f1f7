"""Columns that are periods or members become rows: `Channel, Jan 2026, Feb 2026` -> `Channel, month, amount`."""

from collections.abc import Mapping
from dataclasses import replace

import duckdb

from orchestration.errors import ExtractError
from orchestration.extracts.read.header import clean_names, position
from orchestration.extracts.read.table import READ_TABLE, ReadTable
from orchestration.extracts.sql import literal, literals
from orchestration.settings import Formats, Unfold


def unfolded_names(names: list[str], unfold: Unfold | None) -> list[str]:
    """The header as it is after unfolding."""
    if unfold is None:
        return names
    gone = {position(names, name) for name in unfold.columns}
    return [*(name for number, name in enumerate(names) if number not in gone), unfold.into, unfold.value]


def unfold_table(connection: duckdb.DuckDBPyConnection, unfold: Unfold, formats: Formats, read: ReadTable) -> ReadTable:
    """One row for each value of the columns; where one is empty there is none. Line numbers stay those of the file.

    Raises:
        ExtractError: a column is not in the file.
    """
    names = clean_names(read.header)
    numbers = {name: position(names, name) for name in unfold.columns}
    if lacking := [name for name, number in numbers.items() if number is None]:
        raise ExtractError(f"lacks columns to unfold: {', '.join(lacking)}; its columns are {', '.join(names)[:500]}")
    kept = [number for number in range(len(names)) if number not in numbers.values()]
    shown: dict[int | None, str] = {number: sign for number, sign in read.currencies if number in numbers.values()}
    are_several = len(set(shown.values())) > 1  # else one column of numbers would hold them all without a sign
    words = sorted({word.strip() for word in formats.null_values} | {""})
    parts = [
        f"""select {read.row} as _row, {read.overflow} as _overflow, {order} as part
            {"".join(f", c{old} as c{new}" for new, old in enumerate(kept))},
            {literal(name)} as c{len(kept)}, {_with_sign(number, shown if are_several else {})} as c{len(kept) + 1}
            from {READ_TABLE}
            where case when {read.overflow} is not null then {order} = 0
                else trim(coalesce(c{number}, '')) not in {literals(words)} end"""
        for order, (name, number) in enumerate(numbers.items())
    ]
    columns = ", ".join(f"c{number}" for number in range(len(kept) + 2))
    connection.execute(f"""
        create or replace temp table funnelmart_unfolded as
        select _row, _overflow, {columns} from ({" union all ".join(parts)}) order by _row, part""")
    connection.execute(f"drop table {READ_TABLE}")
    connection.execute(f"alter table temp.funnelmart_unfolded rename to {READ_TABLE.rpartition('.')[2]}")
    header = (*(read.header[number] for number in kept), unfold.into, unfold.value)
    currencies = [(kept.index(number), sign) for number, sign in read.currencies if number in kept]
    currencies += [(len(kept) + 1, sign) for sign in set(shown.values()) if not are_several]
    return replace(read, header=header, row="_row", overflow="_overflow", currencies=tuple(currencies))


def _with_sign(number: int | None, shown: Mapping[int | None, str]) -> str:
    sign = shown.get(number)
    return f"{literal(sign + ' ')} || c{number}" if sign else f"c{number}"
