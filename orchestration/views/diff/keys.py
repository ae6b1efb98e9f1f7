"""Which columns name a row of a table, found in the rows themselves: no published file says it."""

from collections.abc import Mapping, Sequence

import duckdb

from orchestration.extracts.sql import identifier

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
    starts = (names[:length] for length in range(1, len(names) + 1))
    key = next((start for start in starts if all(_is_unique(connection, one, start) for one in relations)), [])
    for name in reversed(key[:-1]):
        fewer = [other for other in key if other != name]
        if columns[name] != "VARCHAR" and all(_is_unique(connection, relation, fewer) for relation in relations):
            key = fewer
    return key


def _is_unique(connection: duckdb.DuckDBPyConnection, relation: str, names: Sequence[str]) -> bool:
    """Whether the columns name a row; by 64-bit hashes, which may only say no wrongly.

    One question for each set of columns: twelve at once take twelve times the memory, and the first ones mostly do.
    """
    hashed = f"hash({', '.join(map(identifier, names))})"
    return bool(connection.execute(f"select count(distinct {hashed}) = count(*) from {relation}").fetchall()[0][0])
