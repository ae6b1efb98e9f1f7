"""Tables that fit the terminal: words wrap, the least important columns go, a number is never cut."""

from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

GAP = 2  # spaces between two columns
LONGEST_WORD = 24  # what is longer, such as a name without spaces, may be folded


@dataclass(frozen=True)
class Column:
    """A column: `rank` 0 always stays, of the others the highest goes first; numbers stand to the right, unwrapped."""

    title: str
    cells: list[Text]
    rank: int = 0
    is_number: bool = False

    @property
    def natural(self) -> int:
        """Cells it takes when nothing wraps."""
        return max(cell.cell_len for cell in (self._title, *self.cells))

    @property
    def least(self) -> int:
        """Cells it takes at least: whole numbers, whole words of titles and texts."""
        words = [word for cell in (self._title, *self.cells) for word in cell.plain.split()]
        longest = min(max((Text(word).cell_len for word in words), default=0), LONGEST_WORD)
        whole = max((cell.cell_len for cell in self.cells), default=0) if self.is_number else 0
        return max(longest, whole)

    @property
    def _title(self) -> Text:
        return Text(self.title)


def fitted_table(columns: list[Column], width: int) -> Table:
    """Return the columns as a table no wider than `width`, as far as columns of rank 0 allow it."""
    kept = list(columns)
    while _total([column.least for column in kept]) > width and any(column.rank for column in kept):
        kept.remove(max(reversed(kept), key=lambda column: column.rank))
    widths = [column.least for column in kept]
    spare = max(width - _total(widths), 0)
    # short texts stay on one line; the longest is the one that wraps
    for number, column in sorted(enumerate(kept), key=lambda item: item[1].natural - item[1].least):
        more = min(spare, column.natural - widths[number])
        widths[number] += more
        spare -= more
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
    for column, size in zip(kept, widths, strict=True):
        table.add_column(column.title, justify="right" if column.is_number else "left", width=size, overflow="fold")
    for cells in zip(*(column.cells for column in kept), strict=True):
        table.add_row(*cells)
    return table


def _total(widths: list[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)
