"""The registry of sources: what `models/staging/*/_*__sources.yml` says about tables, columns and how they are read."""

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from orchestration.errors import SettingsError
from orchestration.extracts.read.json_path import JsonPath, parse_path
from orchestration.extracts.source_specs import TYPES, ColumnSpec, SourceSpec, TableSpec
from orchestration.settings import Formats

DBT_PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"
SHEETS = "sheets"

# libyaml where it is there: the files of all sources are read at each start, ten times as fast
_SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_sources(dbt_project: Path = DBT_PROJECT) -> dict[str, SourceSpec]:
    """Every source declared under `models/staging`, by name.

    Raises:
        SettingsError: a source file lacks what reading needs, or says something reading doesn't know.
    """
    paths = sorted((dbt_project / "models" / "staging").glob("*/_*__sources.yml"))
    stamps = tuple((path, found.st_mtime_ns, found.st_size) for path in paths for found in [path.stat()])
    return dict(_load(stamps))


@functools.lru_cache(maxsize=4)
def _load(stamps: tuple[tuple[Path, int, int], ...]) -> dict[str, SourceSpec]:
    """What the files say, read again where one of them has changed: a run asks some ten times."""
    sources: dict[str, SourceSpec] = {}
    for path, *_ in stamps:
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
    if declared not in TYPES:
        raise SettingsError(
            f"{where}: column {node['name']}: data_type {declared!r}; expected one of {', '.join(TYPES)}"
        )
    if meta.get("personal") not in (None, "email", "phone", "name"):
        raise SettingsError(
            f"{where}: column {node['name']}: personal is {meta['personal']!r}; expected email, phone or name"
        )
    return ColumnSpec(
        name=node["name"],
        data_type=TYPES[declared],
        stored_as=written if "(" in written and TYPES[declared] == "decimal" else None,
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
