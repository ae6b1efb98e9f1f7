"""What the page needs only for one member or for a free range of days: written small, unpacked when it is asked for."""

import base64
import gzip
import json
from collections.abc import Hashable, Sequence
from typing import Any

# a column with that many times fewer different values than rows is written as their list and where each stands
REPEATED = 3
# beyond it the page gets hardly smaller, and a run much longer
LEVEL = 6


def pack(tables: dict[str, Any]) -> str:
    """Return tables (`columns`, `rows`) as base64 of compressed JSON; the same tables give the same text.

    A table is `{"columns": [...], "values": [[...], ...]}`, a list for each column; a column whose values repeat is
    `{"words": [...], "at": [...]}` instead, one that says the same as an earlier column `{"as": place}`.
    """
    columns = {name: {"columns": table["columns"], "values": _columns(table)} for name, table in tables.items()}
    text = json.dumps(columns, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(gzip.compress(text.encode(), LEVEL, mtime=0)).decode("ascii")


def _columns(table: dict[str, Any]) -> list[Any]:
    columns = list(zip(*table["rows"], strict=True)) or [()] * len(table["columns"])
    return [
        {"as": columns.index(values)} if columns.index(values) < at else _column(values)
        for at, values in enumerate(columns)
    ]


def _column(values: Sequence[Any]) -> Any:
    if len(set(values)) * REPEATED > len(values):
        return values
    kinds = list(map(type, values))
    # 1 and True are the same key, but not the same JSON
    keys: Sequence[Hashable] = values if len(set(kinds)) < 2 else list(zip(kinds, values, strict=True))
    words = dict(zip(keys, values, strict=True))
    if len(words) * REPEATED > len(values):
        return values
    places = {key: place for place, key in enumerate(words)}
    return {"words": list(words.values()), "at": list(map(places.__getitem__, keys))}
