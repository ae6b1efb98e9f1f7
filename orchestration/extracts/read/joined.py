"""A header of several rows: groups of columns above, their names below."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise


def joined_header(rows: Sequence[Sequence[str]]) -> list[str]:
    """One name for each column of a header of several rows: the lowest, if no other column is called so.

    Else the label above it comes first; a label stands over all columns to the next one, as a merged cell does.
    """
    if len(rows) == 1:
        return list(rows[0])
    width = max(map(len, rows))
    filled = [[*(name.strip() for name in row), *[""] * (width - len(row))] for row in rows]
    for row, below in pairwise(filled):
        for number in range(1, width):
            row[number] = row[number] or (row[number - 1] if below[number] else "")
    names = [next((row[number] for row in reversed(filled) if row[number]), "") for number in range(width)]
    lowest = Counter(name.lower() for name in names)
    return [
        name if lowest[name.lower()] == 1 else " ".join(dict.fromkeys(row[number] for row in filled if row[number]))
        for number, name in enumerate(names)
    ]
