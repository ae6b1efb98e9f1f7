"""What a source is made of: columns, tables and how they are read, as `sources.py` finds them declared."""

import re
from dataclasses import dataclass, field
from typing import Literal

from orchestration.extracts.read.json_path import JsonPath
from orchestration.settings import Formats

DataType = Literal["text", "date", "timestamp", "epoch", "month", "decimal", "integer", "boolean", "duration"]
Personal = Literal["email", "phone", "name"]
TYPES: dict[str, DataType] = {
    "text": "text", "varchar": "text", "string": "text", "json": "text",
    "date": "date", "timestamp": "timestamp", "timestamptz": "timestamp", "epoch": "epoch", "month": "month",
    "decimal": "decimal", "numeric": "decimal", "double": "decimal", "float": "decimal",
    "integer": "integer", "int": "integer", "bigint": "integer",
    "boolean": "boolean", "bool": "boolean", "duration": "duration",
}  # fmt: skip
# How large a number may be, money too: below 10^15, as every model bears it (dbt_project/macros/money/converted.sql).
NUMBER = "decimal(21, 6)"
_STORED_AS: dict[DataType, str] = {"decimal": NUMBER, "duration": "decimal(18, 6)", "integer": "bigint"}
_RAW_TYPES: dict[DataType, str] = {
    "text": "varchar", "date": "date", "month": "date", "timestamp": "timestamp", "epoch": "timestamp",
    "boolean": "boolean", **_STORED_AS,
}  # fmt: skip
# The hash of the full name that a first and a last name make, as if it stood in one column.
FULL_NAME_HASH = "_full_name_hash"
# What could not be read is said in _unreadable, by the shape of the value: it may be anybody's. As it was written it
# stands in UNREAD_AS alone, which no model reads.
UNREAD_AS = "_unread_as"
META_COLUMNS = {
    "_file": "varchar", "_row": "bigint", "_load_id": "bigint", "_loaded_at": "timestamp",
    "_row_hash": "varchar", "_unreadable": "varchar", UNREAD_AS: "varchar",
}  # fmt: skip

# Tables of the company's own people, and the columns of others that name them.
_STAFF = frozenset({"user", "owner", "sales_reps"})
_STAFF_COLUMN = re.compile(r"(?:^|_)(?:owner|sales_rep|responsible|assigned|manager)(?:_|$)")


def names_staff(column: str) -> bool:
    """Whether a column, raw or published, is called like one that names the company's own people."""
    return bool(_STAFF_COLUMN.search(column))


@dataclass(frozen=True)
class ColumnSpec:
    """One declared column: its type decides how values are read; `canonical` is the field a workspace may override.

    `aliases` are other names of the column in files, such as the headers of an export in Russian; `paths` say where
    the value stands in a nested JSON record (the first that has one).
    `stored_as` is what a number is stored as: one that it can't hold is refused. A column that is kept `as_written` is
    checked like the others but stays text, for models that must see how a number was written.
    """

    name: str
    data_type: DataType = "text"
    description: str = ""
    personal: Personal | None = None
    canonical: str | None = None
    timezone: str | None = None
    aliases: tuple[str, ...] = ()
    paths: tuple[JsonPath, ...] = ()
    stored_as: str | None = None
    as_written: bool = False

    @property
    def raw_type(self) -> str:
        """The SQL type of the column in the raw table."""
        return "varchar" if self.as_written else self.stored_as or _RAW_TYPES[self.data_type]

    @property
    def number_type(self) -> str | None:
        """The SQL type that holds the column's numbers; None where it has none."""
        return self.stored_as or _STORED_AS.get(self.data_type)


@dataclass(frozen=True)
class TableSpec:
    """One raw table: which files feed it, what they must have, and which rows a newer extract replaces.

    `key` is a list of columns or ("row",): the n-th copy of an equal row is its own row.
    `replace_by` is "file", "key", "snapshot" or a tuple of slice columns. One group of `one_of` must be complete.
    `formats` are how the vendor writes its files, where the workspace says nothing else; `records` are the places in a
    JSON answer where the records may stand. A row whose first value begins with one of `totals` only adds up others.
    """

    source: str
    name: str
    description: str = ""
    files: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    replace_by: str | tuple[str, ...] = "file"
    newest_by: str | None = None
    one_of: tuple[tuple[str, ...], ...] = ()
    optional: bool = True
    entity: str | None = None
    columns: tuple[ColumnSpec, ...] = ()
    formats: Formats = field(default_factory=Formats)
    records: tuple[JsonPath, ...] = ()
    totals: tuple[str, ...] = ()

    @property
    def schema(self) -> str:
        """Schema of the raw table in the warehouse."""
        return f"raw_{self.source}"

    @property
    def relation(self) -> str:
        """Quoted name of the raw table."""
        return f'"{self.schema}"."{self.name}"'

    @property
    def raw_columns(self) -> dict[str, str]:
        """Every column of the raw table with its SQL type: as declared, hashes of people, what landing adds."""
        declared = {column.name: column.raw_type for column in self.columns}
        hashes = {f"{column.name}_hash": "varchar" for column in self.columns if column.personal}
        made = {FULL_NAME_HASH: "varchar"} if self.name_parts else {}
        return declared | hashes | made | META_COLUMNS

    @property
    def name_parts(self) -> tuple[str, str] | None:
        """The columns of the first and the last name, where a person's name stands in two."""
        parts = [column.name for column in self.columns if column.personal == "name" and column.name != "full_name"]
        return (parts[0], parts[1]) if len(parts) == 2 else None

    def is_staff(self, column: str) -> bool:
        """Whether a column names people of the company itself, who are shown."""
        return self.name in _STAFF or names_staff(column)

    def column(self, name: str) -> ColumnSpec | None:
        """The declared column of that name (case-insensitive), if any."""
        return next((column for column in self.columns if column.name.lower() == name.lower()), None)


@dataclass(frozen=True)
class SourceSpec:
    """One source (a folder of staging models): its tables in the order in which they are declared."""

    name: str
    description: str
    owner: str | None
    entities: tuple[str, ...]
    timezone: str | None
    layout: str | None
    tables: dict[str, TableSpec]
