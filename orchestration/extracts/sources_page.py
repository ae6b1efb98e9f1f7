"""docs/sources.md, written from the source files: `python -m orchestration.extracts.sources_page`."""

from pathlib import Path
from typing import Any

import yaml

from orchestration.errors import SettingsError
from orchestration.extracts.source_specs import SourceSpec, TableSpec
from orchestration.extracts.sources import DBT_PROJECT, load_sources

PAGE = Path("docs") / "sources.md"
# What the meta of every source says for people, in the order in which the page says it.
SAID = {
    "get": "How to get it",
    "restatement": "What a newer extract replaces",
    "days": "Days and times",
    "money": "Money",
    "stages": "Stages",
}
_NEEDED = ("title", "layout", "get", "restatement", "days", "money")
_HEAD = """\
# Sources

Made from `dbt_project/models/staging/<source>/_<source>__sources.yml` by `make sources`; a test compares. Name a source
in `funnelmart.yml` with the folder (or URL) of its files: `google_ads: {path: extracts/google, currency: EUR}`.
Currency and time zone there stand in where the extract itself says none. Any other file goes through
`sheets`, any other system takes one folder ([CONTRIBUTING.md](../CONTRIBUTING.md)).

"""


def sources_page(dbt_project: Path = DBT_PROJECT) -> str:
    """The whole page.

    Raises:
        SettingsError: a source doesn't say what the page needs.
    """
    registry = load_sources(dbt_project)
    said = {name: _meta(dbt_project, name) for name in registry}
    table = "| source | system | layout | gives | channel |\n|---|---|---|---|---|\n" + "".join(
        f"| [`{name}`](#{name}) | {said[name]['title']} | {said[name]['layout']} | {', '.join(source.entities)} "
        f"| {_channels(said[name])} |\n"
        for name, source in registry.items()
    )
    return _HEAD + table + "".join(_section(source, said[name]) for name, source in registry.items())


def _section(source: SourceSpec, said: dict[str, Any]) -> str:
    link = f" ([reference]({said['reference']}))" if said.get("reference") else ""
    points = "".join(f"- {title}: {said[key]}\n" for key, title in SAID.items() if key in said)
    head = "| table | files | required columns | replaced by |\n|---|---|---|---|\n"
    rows = "".join(_row(table) for table in source.tables.values())
    return f"\n## {source.name}\n\n{source.description}{link}\n\n{points}\n{head}{rows}"


def _row(table: TableSpec) -> str:
    """Patterns that begin with the source's name are for folders shared by several sources: the shortest is enough."""
    pattern = f"`{min(table.files, key=len)}`" if table.files else "as the settings say"
    required = [*table.required, *(" and ".join(group) for group in table.one_of[:1])]
    by = table.replace_by if isinstance(table.replace_by, str) else ", ".join(table.replace_by)
    return f"| {table.name} | {pattern} | {', '.join(required)} | {', '.join(table.key) if by == 'key' else by} |\n"


def _channels(said: dict[str, Any]) -> str:
    return ", ".join(dict.fromkeys(platform["channel"] for platform in said.get("platforms", {}).values()))


def _meta(dbt_project: Path, name: str) -> dict[str, Any]:
    path = dbt_project / "models" / "staging" / name / f"_{name}__sources.yml"
    node = yaml.safe_load(path.read_text(encoding="utf-8"))["sources"][0]
    said: dict[str, Any] = node["config"]["meta"]
    if missing := [key for key in _NEEDED if not said.get(key)]:
        raise SettingsError(f"{path}: config.meta lacks {', '.join(missing)}: what docs/sources.md says of a source")
    return said


if __name__ == "__main__":
    (DBT_PROJECT.parent / PAGE).write_text(sources_page(), encoding="utf-8")
