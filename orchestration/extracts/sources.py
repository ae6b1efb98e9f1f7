"""The registry of sources: what `models/staging/*/_*__sources.yml` says about tables, columns and how they are read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import ValidationError

from orchestration.errors import SettingsError
from orchestration.extracts.read.json_path import JsonPath, parse_path
from orchestration.settings import Formats

DBT_PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"
SHEETS = "sheets"

DataType = Literal["text", "date", "timestamp", "epoch", "month", "decimal", "integer", "boolean", "duration"]
Personal = Literal["email", "phone", "name"]
_TYPES: dict[str, DataType] = {
    "text": "text", "varchar": "text", "string": "text", "json": "text",
    "date": "date", "timestamp": "timestamp", "timestamptz": "timestamp", "epoch": "epoch", "month": "month",
    "decimal": "decimal", "numeric": "decimal", "double": "decimal", "float": "decimal",
    "integer": "integer", "int": "integer", "bigint": "integer",
    "boolean": "boolean", "bool": "boolean", "duration": "duration",
}  # fmt: skip
# libyaml where it is there: the files of all sources are read at each start, ten times as fast
_SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# How large a number may be, money too: below 10^15, as every model bears it (dbt_project/macros/money/converted.sql).
NUMBER = "decimal(21, 6)"
_STORED_AS: dict[DataType, str] = {"decimal": NUMBER, "duration": "decimal(18, 6)", "integer": "bigint"}
_RAW_TYPES: dict[DataType, str] = {
    "text": "varchar", "date": "date", "month": "date", "timestamp": "timestamp", "epoch": "timestamp",
    "boolean": "boolean", **_STORED_AS,
}  # fmt: skip
META_COLUMNS = {
    "_file": "varchar", "_row": "bigint", "_load_id": "bigint", "_loaded_at": "timestamp",
    "_row_hash": "varchar", "_unreadable": "varchar",
}  # fmt: skip


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
        return declared | hashes | META_COLUMNS

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


def load_sources(dbt_project: Path = DBT_PROJECT) -> dict[str, SourceSpec]:
    """Every source declared under `models/staging`, by name.

    Raises:
        SettingsError: a source file lacks what reading needs, or says something reading doesn't know.
    """
    sources: dict[str, SourceSpec] = {}
    for path in sorted((dbt_project / "models" / "staging").glob("*/_*__sources.yml")):
        for node in yaml.load(path.read_text(encoding="utf-8"), _SAFE_LOADER)["sources"]:
            if node["name"] in sources:
                raise SettingsError(f"{path}: source {node['name']} is declared twice")
            sources[node["name"]] = _source(path, node)
    return sources


def entity_sources(enabled: Sequence[str], project: Path = DBT_PROJECT) -> dict[str, list[str]]:
    """Which of the enabled sources delivers which canonical entity, read from the folders of `models/staging`.

    Args:
        enabled: names of the workspace's sources besides `sheets`, which delivers every entity.

    Raises:
        SettingsError: a source has no folder.
    """
    staging = project / "models" / "staging"
    known = sorted(path.name for path in staging.iterdir() if path.is_dir())
    for source in enabled:
        if source not in known:
            raise SettingsError(f"funnelmart.yml: sources.{source}: unknown source; expected one of {', '.join(known)}")
    entities = sorted(path.stem.removeprefix("stg_sheets__") for path in (staging / "sheets").glob("stg_sheets__*.sql"))
    others = sorted(source for source in enabled if source != "sheets")
    return {
        entity: [
            *(source for source in others if (staging / source / f"stg_{source}__{entity}.sql").exists()),
            "sheets",
        ]
        for entity in entities
    }


def _meta(node: dict[str, Any]) -> dict[str, Any]:
    return {**node.get("meta", {}), **node.get("config", {}).get("meta", {})}


def _source(path: Path, node: dict[str, Any]) -> SourceSpec:
    meta = _meta(node)
    return SourceSpec(
        name=node["name"],
        description=node.get("description", ""),
        owner=meta.get("owner"),
        entities=tuple(meta.get("entities", ())),
        timezone=meta.get("timezone"),
        layout=meta.get("layout"),
        tables={table["name"]: _table(path, node["name"], table, meta) for table in node.get("tables", [])},
    )


def _table(path: Path, source: str, node: dict[str, Any], source_meta: dict[str, Any]) -> TableSpec:
    meta, where = _meta(node), f"{path}: table {node['name']}"
    columns = tuple(_column(where, column) for column in node.get("columns", []))
    names = {column.name for column in columns}
    key = _names(meta.get("key", ()))
    replace_by = meta.get("replace_by", "file")
    if isinstance(replace_by, list):
        replace_by = tuple(replace_by)
    elif replace_by not in ("file", "key", "snapshot"):
        raise SettingsError(f"{where}: replace_by is {replace_by!r}; expected file, key, snapshot or a list of columns")
    if replace_by == "key" and not key:
        raise SettingsError(f"{where}: replace_by is key, but no key is declared")
    slices = replace_by if isinstance(replace_by, tuple) else ()
    newest_by = (meta["newest_by"],) if meta.get("newest_by") else ()
    groups = [name for group in meta.get("one_of", ()) for name in _names(group)]
    for name in (*_names(meta.get("required", ())), *(() if key == ("row",) else key), *slices, *newest_by, *groups):
        if name not in names:
            raise SettingsError(f"{where}: {name} is no declared column; expected one of {', '.join(sorted(names))}")
    return TableSpec(
        source=source,
        name=node["name"],
        description=node.get("description", ""),
        files=_names(meta.get("files", ())),
        required=_names(meta.get("required", ())),
        key=key,
        replace_by=replace_by,
        newest_by=meta.get("newest_by"),
        one_of=tuple(_names(group) for group in meta.get("one_of", ())),
        optional=bool(meta.get("optional", True)),
        entity=meta.get("entity"),
        columns=columns,
        formats=_formats(where, {**source_meta.get("formats", {}), **meta.get("formats", {})}),
        records=_paths(where, meta.get("records", ())),
        totals=_names(meta.get("totals", ())),
    )


def _formats(where: str, declared: dict[str, Any]) -> Formats:
    try:
        return Formats.model_validate(declared)
    except ValidationError as error:
        problem = error.errors()[0]
        raise SettingsError(f"{where}: formats.{'.'.join(map(str, problem['loc']))}: {problem['msg']}") from error


def _paths(where: str, written: Any) -> tuple[JsonPath, ...]:
    try:
        return tuple(parse_path(path) for path in _names(written))
    except ValueError as error:
        raise SettingsError(f"{where}: {error}") from error


def _column(where: str, node: dict[str, Any]) -> ColumnSpec:
    meta = _meta(node)
    written = str(node.get("data_type", "text")).strip().lower()
    declared = written.split("(")[0].strip()
    if declared not in _TYPES:
        raise SettingsError(
            f"{where}: column {node['name']}: data_type {declared!r}; expected one of {', '.join(_TYPES)}"
        )
    if meta.get("personal") not in (None, "email", "phone", "name"):
        raise SettingsError(
            f"{where}: column {node['name']}: personal is {meta['personal']!r}; expected email, phone or name"
        )
    return ColumnSpec(
        name=node["name"],
        data_type=_TYPES[declared],
        stored_as=written if "(" in written and _TYPES[declared] == "decimal" else None,
        description=node.get("description", ""),
        as_written=bool(meta.get("as_written", False)),
        personal=meta.get("personal"),
        canonical=meta.get("canonical"),
        timezone=meta.get("timezone"),
        aliases=_names(meta.get("aliases", ())),
        paths=_paths(f"{where}: column {node['name']}", meta.get("path", ())),
    )


def _names(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
