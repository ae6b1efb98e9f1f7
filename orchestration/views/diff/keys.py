"""Which columns name a row of a table, found in the rows themselves: no published file says it."""

from collections.abc import Mapping, Sequence

import duckdb

from orchestration.publish.content import quoted

LONGEST = 12


def unique_key(
    connection: duckdb.DuckDBPyConnection, relations: Sequence[str], columns: Mapping[str, str]
) -> list[str]:
    """Return the columns that name a row in every relation; empty where none do.

    The first columns of a table name its rows: the fewest of them that are unique everywhere, less dates, numbers and
    flags without which they still are (the end of a period, whether it is complete). Doubles and decimals name nothing.
    """
    names = [name for name, data_type in columns.items() if not data_type.startswith(("DOUBLE", "FLOAT", "DECIMAL"))]
    names = names[:LONGEST]
    lengths = range(1, len(names) + 1)
    unique = [all(found) for found in zip(*(_unique(connection, r, names) for r in relations), strict=True)]
    shortest = next((length for length, found in zip(lengths, unique, strict=True) if found), None)
    if shortest is None:
        return []
    key = names[:shortest]
    for name in reversed(key[:-1]):
        fewer = [other for other in key if other != name]
        if columns[name] != "VARCHAR" and all(_unique(connection, relation, fewer)[-1] for relation in relations):
            key = fewer
    return key


def _unique(connection: duckdb.DuckDBPyConnection, relation: str, names: Sequence[str]) -> list[bool]:
    """Whether the first, the first two … of the columns are unique; by 64-bit hashes, which may only say no wrongly."""
    if not names:
        return []
    starts = (", ".join(map(quoted, names[:length])) for length in range(1, len(names) + 1))
    counts = ", ".join(f"count(distinct hash({columns})) = count(*)" for columns in starts)
    return list(connection.execute(f"select {counts} from {relation}").fetchall()[0])
