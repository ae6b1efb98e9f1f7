"""Which column is a record's id: one that stands in every row and in none twice, and that no spreadsheet broke."""

from collections import Counter
from collections.abc import Mapping, Sequence

from orchestration.add_source.look import Look


def best_id(look: Look, candidates: Sequence[str]) -> str | None:
    """Of the columns that are called like an id, best first, the one that is one.

    Where one repeats that another, which is empty in the further rows, tells once, they are lines of one record.
    """
    columns = [look.column(name) for name in candidates]
    whole = [column for column in columns if column.filled and column.filled >= _filled_rows(look)]
    unique = [column for column in columns if column.is_unique]
    for column in whole:
        partly = [other for other in unique if other.filled < column.filled and other.filled == len(column.meant)]
        if not column.is_unique and partly:
            return column.name
    best = next((column for column in unique if column in whole), None) or next(iter(unique), None)
    return best.name if best else next(iter(candidates), None)


def _filled_rows(look: Look) -> int:
    return sum(any(row) for row in look.sample)


def line_rows(look: Look, fields: Mapping[str, str], key: str) -> str | None:
    """The column whose emptiness tells further lines of a record: rows of one key of which only the first has money."""
    amount, theirs = fields.get("amount"), fields.get(key)
    if amount is None or theirs is None or look.column(theirs).is_unique:
        return None
    firsts, further = Counter[str](), 0
    for identity, money in look.cells(theirs, amount):
        if identity and money:
            firsts[identity] += 1
        elif identity:
            further += 1
            if not firsts[identity]:
                return None  # a row without money that follows none of its kind
    return amount if further and max(firsts.values(), default=0) == 1 else None


def repeated(look: Look, fields: Mapping[str, str], key: str) -> dict[str, list[tuple[str | None, ...]]]:
    """Ids that stand more than once, each with the rows' values of all columns that are used."""
    names = [theirs for name, theirs in fields.items() if name != key]
    rows: dict[str, list[tuple[str | None, ...]]] = {}
    for identity, *values in look.cells(fields[key], *names):
        if identity:
            rows.setdefault(identity, []).append(tuple(values))
    return {identity: found for identity, found in rows.items() if len(found) > 1}
