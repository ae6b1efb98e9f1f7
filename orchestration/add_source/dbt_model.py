"""A staging model of a new source: that of `sheets` for the entity, less the columns that its files don't have."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from orchestration.add_source.proposal import Proposal
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.sources import DBT_PROJECT
from orchestration.extracts.sql import literal
from orchestration.settings.block import flow

_SHEETS = DBT_PROJECT / "models" / "staging" / "sheets"
# What raw holds of a type, and what the model makes of it.
_EXAMPLES: dict[str, tuple[str, str]] = {
    "text": ("eur", "eur"), "date": ("2024-03-01", "2024-03-01"), "month": ("2024-03-01", "2024-03-01"),
    "timestamp": ("2024-03-01 09:00:00+00", "2024-03-01 09:00:00"), "decimal": ("12.5", "12.5"),
    "integer": ("3", "3"), "boolean": ("true", "true"), "duration": ("90", "90"),
}  # fmt: skip


@dataclass(frozen=True)
class Selected:
    """One column of the model: its SQL, its name, and the canonical column that it reads, if any."""

    sql: str
    name: str
    reads: str | None


def model_sql(source: str, raw: str, proposal: Proposal, table: TableSpec, stored: Mapping[str, str]) -> str:
    """The model; `raw` is its raw table, `stored`: column of the file -> column of the raw table."""
    lines = ",\n        ".join(one.sql for one in _selected(source, proposal, table, stored))
    return f"""\
{{{{ config(enabled=source_is_enabled('{source}')) }}}}

with source_rows as (
    select * from {{{{ source('{source}', '{raw}') }}}}
),

renamed as (
    select
        {lines}
    from source_rows
)

select * from renamed
"""


def model_yml(source: str, raw: str, proposal: Proposal, table: TableSpec, stored: Mapping[str, str]) -> str:
    """Descriptions of the model's columns, and a unit test: one row as raw holds it, and what becomes of it."""
    entity = proposal.entity
    said = yaml.safe_load((_SHEETS / f"stg_sheets__{entity}.yml").read_text(encoding="utf-8"))["models"][0]
    described = {column["name"]: column["description"] for column in said["columns"]} | {
        "source": "Name of the source."
    }
    selected = _selected(source, proposal, table, stored)
    columns = "".join(
        f"      - name: {one.name}\n        description: {flow_text(described[one.name])}\n" for one in selected
    )
    given, expected = _example(source, proposal, table, stored, selected)
    zone = "      - input: source('settings', 'workspace')\n        rows:\n          - {timezone: Europe/Berlin}\n"
    needs_zone = any("read_timestamp" in one.sql for one in selected)
    return f"""\
version: 2

models:
  - name: stg_{source}__{entity}
    description: {flow_text(f"{entity.replace('_', ' ').capitalize()} of {source}, one row for each row landed.")}
    columns:
{columns}
unit_tests:
  - name: {source}_{entity}_from_raw
    description: One row, each value as raw holds it.
    model: stg_{source}__{entity}
    given:
{zone if needs_zone else ""}      - input: source('{source}', '{raw}')
        rows:
          - {flow(given)}
    expect:
      rows:
        - {flow(expected)}
"""


def flow_text(text: str) -> str:
    """A text as YAML, always quoted."""
    return "'" + text.replace("'", "''") + "'"


def _selected(source: str, proposal: Proposal, table: TableSpec, stored: Mapping[str, str]) -> list[Selected]:
    found: list[Selected] = []
    for expression, name in _of_sheets(proposal.entity):
        if name == "source":
            found.append(Selected(f"{literal(source)} as source", name, None))
            continue
        base = name.removesuffix("_is_date").removesuffix("_hash")
        reads = base if table.column(base) else None
        if reads is None:
            found.append(Selected(expression if expression == name else f"{expression} as {name}", name, None))
        elif reads in proposal.fields:
            column = stored[proposal.fields[reads]]
            sql = re.sub(rf"\b{reads}(?=\b|_hash\b)", column, expression, count=1)
            found.append(Selected(sql if sql == name else f"{sql} as {name}", name, reads))
        elif reads in proposal.constants:
            found.append(Selected(f"{literal(proposal.constants[reads])} as {name}", name, None))
        elif name == "is_deleted":  # what is never deleted must say so: null would neither count nor not count
            found.append(Selected("false as is_deleted", name, None))
    return found


@cache
def _of_sheets(entity: str) -> tuple[tuple[str, str], ...]:
    """Expression and name of each column of `stg_sheets__<entity>`."""
    sql = (_SHEETS / f"stg_sheets__{entity}.sql").read_text(encoding="utf-8")
    lines = sql.split("renamed as (\n    select\n")[1].split("\n    from source_rows")[0].split("\n")
    columns = [line.strip().removesuffix(",") for line in lines]
    split = [re.fullmatch(r"(?P<sql>.+) as (?P<name>\w+)", column) for column in columns]
    return tuple(
        (one["sql"], one["name"]) if one else (column, column) for one, column in zip(split, columns, strict=True)
    )


def _example(
    source: str, proposal: Proposal, table: TableSpec, stored: Mapping[str, str], selected: list[Selected]
) -> tuple[dict[str, Any], dict[str, Any]]:
    given: dict[str, str] = {}
    expected: dict[str, str] = {"source": source}
    for one in selected:
        spec = table.column(one.reads) if one.reads else None
        if spec is None:
            continue
        before, after = _EXAMPLES[spec.data_type if spec.data_type in _EXAMPLES else "text"]
        column = stored[proposal.fields[spec.name]]
        given[f"{column}_hash" if spec.personal else column] = before
        if one.name.endswith("_is_date"):
            expected[one.name] = "false"
        else:
            expected[one.name] = "EUR" if one.sql.startswith("upper(") else after
    return given, expected
