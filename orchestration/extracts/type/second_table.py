"""A second table below the first, in one sheet: often the same money again, by another column under its own header."""

import json

import duckdb

from orchestration.errors import ExtractError
from orchestration.extracts.read.header import clean_names
from orchestration.extracts.read.table import READ_TABLE, ReadTable
from orchestration.extracts.sql import literal, literals
from orchestration.extracts.type.changes import trimmed


def refuse_second_table(connection: duckdb.DuckDBPyConnection, read: ReadTable, incoming: str) -> None:
    """Look at the rows with values that could not be read whether one of them is a header, but not that of the file.

    The same header once more (two exports in one file) begins no other table: only that line is refused.

    Raises:
        ExtractError: a table begins in the middle of the file, and rows of it were read.
    """
    names = [*map(str.lower, clean_names(read.header))]
    written = [name.strip().lower() for name in read.header]  # a name that comes twice is changed above
    known = [name for name in {*names, *written} if name]
    said = (literal(f'"value":{json.dumps(name, ensure_ascii=False)}') for name in known)
    suspected = " or ".join(f"contains(lower(_unreadable), {text})" for text in said)
    rows = f"from {incoming} where _status = 'landed' and _unreadable"
    lines = connection.execute(f"select _row {rows} is not null and ({suspected or 'false'})").fetchall()
    if not lines:
        return
    cells = [f"lower({trimmed(number)})" for number in range(len(names))]
    called = " + ".join(f"cast({cell} in {literals(known)} as integer)" for cell in cells)
    pairs = zip(cells, written, names, strict=True)
    again = " and ".join(f"{cell} in {literals({'', *both})}" for cell, *both in pairs)
    found = connection.execute(f"""
        select {read.row} as number, [{", ".join(trimmed(n) for n in range(len(names)))}] from {READ_TABLE}
        where {read.row} in ({", ".join(str(line) for (line,) in lines)}) and {called} > 1 and not ({again})
        order by number limit 1""").fetchone()
    if found is None:
        return
    follows = connection.execute(f"select count(*) {rows} is null and _row > ?", [found[0]]).fetchone()
    if follows and follows[0]:
        header = ", ".join(cell for cell in found[1] if cell)[:200]
        raise ExtractError(
            f"line {found[0]} begins another table ({header}), which may say the same once more: put each table into a "
            "file of its own"
        )
