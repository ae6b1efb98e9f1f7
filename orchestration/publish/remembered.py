"""Contents that earlier publications worked out, so that of a table only what has changed is worked out again.

A content is a sum over rows, so it is the sum over pieces of a table: the rows of each month of its first date by name.
A piece whose rows are what they were has the content that it had; whether they are is told by DuckDB's own hash of each
row, which costs a tenth of the text that a content is made of. What is noted says of a bag of rows what its content is,
never what a table holds: whoever has changed a table, and by whatever way, its rows are looked at anew.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

import duckdb

from orchestration.extracts.sql import identifier
from orchestration.progress import say
from orchestration.publish import calls, content
from orchestration.publish.calls import Executes
from orchestration.publish.content import as_hash, row_text
from orchestration.settings import Settings

# Of a table of more months than a century has, as one of wrong dates, no pieces are noted.
_MOST = 1200
# Of these types equal values have the same text.
_EXACT = ("VARCHAR", "JSON", "BOOLEAN", "DATE", "TIMESTAMP", "DECIMAL", "DOUBLE", "FLOAT", *content.WHOLE)
_TOLD = "count(*), cast(sum(row_hash) as varchar), cast(bit_xor(row_hash) as varchar)"


class Piece(NamedTuple):
    """Rows of a table: how many, the sum and the exclusive or of DuckDB's hashes of them, and their content's sum."""

    rows: int
    hashes: str
    mixed: str
    content: int


class Remembered:
    """What the pieces of each table were at the last publication; `content` takes from it and adds to it."""

    def __init__(self, noted: Mapping[str, tuple[str, Mapping[int, Piece]]] | None = None) -> None:
        """Take what `load` has read: columns and pieces by relation."""
        self._noted = noted or {}
        self._found: dict[str, tuple[str, Mapping[int, Piece]]] = {}

    def content(self, connection: Executes, relation: str, columns: Mapping[str, str]) -> tuple[int, str]:
        """Return what `content.content` returns of a table, from what is known of its pieces."""
        if not columns:
            return content.content(connection, relation, columns)
        told = json.dumps(columns, sort_keys=True)  # equal bits of other types may be other values
        noted, before = self._noted.get(relation, ("", {}))
        pieces = _pieces(connection, relation, columns, before if noted == told else {})
        if len(pieces) <= _MOST:
            self._found[relation] = (told, pieces)
        return sum(piece.rows for piece in pieces.values()), as_hash(sum(piece.content for piece in pieces.values()))

    def save(self, settings: Settings) -> None:
        """Note what was found, for the next publication.

        Raises:
            OSError: it can't be written; what was noted before stays.
        """
        said = json.dumps(self._found)
        calls.write(_path(settings), f"{_head(said)}\n{said}")


def load(settings: Settings) -> Remembered:
    """Return what was noted; nothing where the note is not whole, or other code or another DuckDB has written it."""
    try:
        head, _, said = calls.read(_path(settings)).partition("\n")
    except OSError as error:
        say(f"publish: contents are worked out again, since what was noted of them can't be read: {error}")
        return Remembered()
    if head != _head(said):
        return Remembered()
    return Remembered(
        {
            relation: (told, {int(piece): Piece(*found) for piece, found in pieces.items()})
            for relation, (told, pieces) in json.loads(said).items()
        }
    )


def _path(settings: Settings) -> Path:
    return settings.state_path / "contents.json"


def _head(said: str) -> str:
    """The code that a content is made by, the DuckDB whose hashes of rows are noted, and a hash of what is noted.

    A digit that a bad disk has changed would be published as the content of rows that are what they were.
    """
    code = b"".join(Path(file).read_bytes() for file in (content.__file__, __file__))
    return f"{hashlib.sha256(code).hexdigest()} {duckdb.__version__} {hashlib.sha256(said.encode()).hexdigest()}"


def _pieces(
    connection: Executes, relation: str, columns: Mapping[str, str], before: Mapping[int, Piece]
) -> dict[int, Piece]:
    """All pieces of a table as they are now; those that are as `before` are not worked out."""
    if not before:
        return _worked_out(connection, relation, columns)
    found = connection.execute(
        f"select piece, {_TOLD} from (select {_piece(columns)} as piece, {_row_hash(columns)} as row_hash"
        f" from {relation}) group by piece order by piece"
    ).fetchall()
    changed = [piece for piece, *told in found if piece not in before or tuple(told) != before[piece][:3]]
    now = _worked_out(connection, relation, columns, changed) if changed else {}
    return {piece: now[piece] if piece in now else before[piece] for piece, *_ in found}


def _worked_out(
    connection: Executes, relation: str, columns: Mapping[str, str], only: Collection[int] | None = None
) -> dict[int, Piece]:
    """Pieces of a table worked out from their rows: all, or `only` these."""
    where = "" if only is None else f" where {_piece(columns)} in ({', '.join(map(str, only))})"
    found = connection.execute(
        f"select piece, {_TOLD}, {content.UPPER}, {content.LOWER} from (select {_piece(columns)} as piece,"
        f" {_row_hash(columns)} as row_hash, md5_number({row_text(columns)}) as digest from {relation}{where})"
        " group by piece order by piece"
    ).fetchall()
    return {
        piece: Piece(rows, hashes, mixed, ((upper << 64) + lower) % 2**128)
        for piece, rows, hashes, mixed, upper, lower in found
    }


def _row_hash(columns: Mapping[str, str]) -> str:
    """DuckDB's hash of a row, of texts where equal values may have others, as 30 days and a month."""
    values = [
        identifier(name) if columns[name].split("(")[0] in _EXACT else f"cast({identifier(name)} as varchar)"
        for name in sorted(columns)
    ]
    return f"hash({', '.join(values)})"


def _piece(columns: Mapping[str, str]) -> str:
    """The month of a row as one number: of the table's first date, 0 where it has none."""
    dates = [name for name in sorted(columns) if columns[name] in ("DATE", "TIMESTAMP")]
    if not dates:
        return "0"
    return f"coalesce(year({identifier(dates[0])}) * 12 + month({identifier(dates[0])}), 0)"
