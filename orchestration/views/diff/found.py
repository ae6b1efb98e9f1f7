"""What a comparison is asked, and what it found."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orchestration.errors import CannotCompareError

OLD, NEW = "before", "after"  # the names under which the two files are attached
Columns = Mapping[str, str]
Row = dict[str, Any]


@dataclasses.dataclass(frozen=True)
class Tolerance:
    """How far two numbers may lie apart and still be the same: an amount, or a share of the larger one."""

    amount: float
    is_share: bool = False

    @classmethod
    def read(cls, text: str) -> "Tolerance":
        """Read `0.01` (in the unit of the figure) or `0.1%` (of the larger of both).

        Raises:
            CannotCompareError: it is neither.
        """
        number, is_share = text.strip().removesuffix("%"), text.strip().endswith("%")
        try:
            amount = float(number) / (100 if is_share else 1)
        except ValueError:
            amount = -1
        if not 0 <= amount < float("inf"):
            raise CannotCompareError(f"--tolerance {text!r}: expected a number such as 0.01 or a share such as 0.1%")
        return cls(amount, is_share)


@dataclasses.dataclass(frozen=True)
class Move:
    """One figure that moved: the KPI (a column, or what the column `kpi` says), where, and by how much.

    `size` is the change as a share of the KPI's largest value in the table: what KPIs of any unit are ordered by.
    """

    kpi: str
    column: str
    where: Row
    old: float | None
    new: float | None
    size: float


@dataclasses.dataclass
class TableDiff:
    """One table on both sides; `old_rows` or `new_rows` is None where the table stands on one side only.

    A view that `follows` is the same query over equal tables on both sides: its rows were not counted, both are None.
    Without a `key` rows are compared whole, and none is said to have changed. `changed_columns` counts the rows in
    which a column changed.
    """

    table: str
    old_rows: int | None
    new_rows: int | None
    columns_only_old: list[str] = dataclasses.field(default_factory=list)
    columns_only_new: list[str] = dataclasses.field(default_factory=list)
    types: dict[str, tuple[str, str]] = dataclasses.field(default_factory=dict)
    follows: bool = False
    key: list[str] = dataclasses.field(default_factory=list)
    added: int = 0
    removed: int = 0
    changed: int = 0
    changed_columns: dict[str, int] = dataclasses.field(default_factory=dict)
    examples: dict[str, list[Row]] = dataclasses.field(default_factory=dict)
    moves: list[Move] = dataclasses.field(default_factory=list)

    @property
    def is_equal(self) -> bool:
        """Whether both sides have the table with the same columns and the same rows."""
        on_both = self.follows or (self.old_rows is not None and self.new_rows is not None)
        same_columns = not (self.columns_only_old or self.columns_only_new or self.types)
        return on_both and same_columns and not (self.added or self.removed or self.changed)


@dataclasses.dataclass(frozen=True)
class Side:
    """One of the two marts: its file and, where it says so, the run that built it (`_meta.run`)."""

    path: Path
    run: Row


@dataclasses.dataclass(frozen=True)
class MartDiff:
    """All tables of both marts, by name."""

    old: Side
    new: Side
    tables: list[TableDiff]

    @property
    def different(self) -> list[TableDiff]:
        """The tables that are not the same on both sides."""
        return [table for table in self.tables if not table.is_equal]
