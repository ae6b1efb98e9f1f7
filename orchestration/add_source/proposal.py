"""A block that is proposed for the settings, with what is doubted about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from orchestration.add_source.evidence import Column
from orchestration.add_source.look import Look
from orchestration.extracts.read.header import clean_names, position
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.type.in_text import masked


@dataclass(frozen=True)
class Doubt:
    """Something that the data doesn't prove: what and why, and what to change if it is otherwise.

    One that `matters` changes figures: whose money, which day, which record, which outcome, which unit.
    """

    text: str
    change: str
    matters: bool = True

    def __str__(self) -> str:
        return f"{self.text}; {self.change}"


@dataclass
class Proposal:
    """One block under `sources.sheets`; `stages` are meanings to be added, `notes` what people should look at."""

    entity: str
    files: list[str]
    look: Look
    fields: dict[str, str]
    formats: dict[str, Any] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    where: dict[str, list[str]] = field(default_factory=dict)
    where_not: dict[str, list[str]] = field(default_factory=dict)
    timezones: dict[str, str] = field(default_factory=dict)
    unfold: dict[str, Any] = field(default_factory=dict)
    currency: str | None = None
    key: str | None = None
    stages: dict[str, str] = field(default_factory=dict)
    unknown_stages: list[str] = field(default_factory=list)
    reporting: str = ""  # currency of the report
    customers_told: bool = False  # whether the settings say which customers may be shown
    unplaced: list[Column] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)  # canonical columns that no column may fill, though called so

    def block(self) -> dict[str, Any]:
        """The block as settings: keys in the order in which people read them."""
        said: dict[str, Any] = {"entity": self.entity, "files": self.files[0] if len(self.files) == 1 else self.files}
        conditions = {**self.where, **({"not": self.where_not} if self.where_not else {})}
        optional = {
            "currency": self.currency,
            "formats": self.formats,
            "fields": self.fields | self._unfilled(),
            "constants": self.constants,
            "values": self.values,
            "where": conditions,
            "timezones": self.timezones,
            "unfold": self.unfold,
            "key": self.key,
        }
        return said | {name: value for name, value in optional.items() if value}

    def _unfilled(self) -> dict[str, str]:
        """A column that is called like a canonical one fills it unless the block says that nothing does."""
        names = clean_names(column.name for column in self.look.columns)
        free = [name for name in dict.fromkeys(self.refused) if name not in {*self.fields, *self.constants}]
        return {name: "" for name in free if position(names, name) is not None}

    def leave_out(self, column: str, values: Iterable[str]) -> None:
        """Leave out the rows that have one of these values there, beside those that another rule leaves out."""
        self.where_not[column] = list(dict.fromkeys([*self.where_not.get(column, []), *values]))

    def note(self, text: str) -> None:
        """Something that people should look at, once; of people in it only the shape is shown."""
        if masked(text) not in self.notes:
            self.notes.append(masked(text))

    def doubt(self, text: str, change: str, matters: bool = True) -> None:
        """Something that the data doesn't prove, once."""
        made = Doubt(masked(text), masked(change), matters)
        if made not in self.doubts:
            self.doubts.append(made)


def typed(made: Proposal, table: TableSpec, types: tuple[str, ...]) -> list[Column]:
    """The columns of the file that fill columns of these types."""
    names = [spec.name for spec in table.columns if spec.data_type in types and spec.name in made.fields]
    known = {column.name for column in made.look.columns}
    return [made.look.column(made.fields[name]) for name in names if made.fields[name] in known]
