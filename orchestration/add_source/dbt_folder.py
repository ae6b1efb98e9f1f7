"""A folder of staging models for a new source, made from the proposals for its files, as CONTRIBUTING.md describes."""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from orchestration.add_source.dbt_model import flow_text, model_sql, model_yml
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.totals import is_total
from orchestration.errors import UnknownFileError
from orchestration.extracts.source_specs import ColumnSpec, TableSpec
from orchestration.settings.block import flow

_KINDS = {"text": "CSV or TSV files", "workbook": "XLSX files", "json": "JSON files", "parquet": "Parquet files"}
_SALES = ("leads", "deals", "deal_lines", "stage_history", "refunds", "sales_reps", "customers")


def folder_files(source: str, proposals: Sequence[Proposal], tables: Mapping[str, TableSpec]) -> dict[str, str]:
    """Name -> text of every file of `models/staging/<source>`.

    Raises:
        UnknownFileError: the files need what a source can't say and a block of `sheets` can.
    """
    by_files: dict[tuple[str, ...], list[Proposal]] = {}
    for proposal in proposals:
        _check(proposal)
        by_files.setdefault(tuple(proposal.files), []).append(proposal)
    entities = [proposal.entity for proposal in proposals]
    doubled = sorted({entity for entity in entities if entities.count(entity) > 1})
    if doubled:
        raise _not_as_folder(f"several files of {', '.join(doubled)} are written each in its own way")
    made: dict[str, str] = {}
    raw: list[str] = []
    for group in by_files.values():
        name = group[0].entity if len(group) == 1 else "records"
        stored = _stored(group)
        raw.append(_table_yml(name, group, tables, stored))
        for proposal in group:
            model = f"stg_{source}__{proposal.entity}"
            made[f"{model}.sql"] = model_sql(source, name, proposal, tables[proposal.entity], stored)
            made[f"{model}.yml"] = model_yml(source, name, proposal, tables[proposal.entity], stored)
    return {f"_{source}__sources.yml": _source_yml(source, proposals, raw), **made}


def _check(proposal: Proposal) -> None:
    if proposal.key == "row":
        raise _not_as_folder(f"{proposal.look.label} has no column that is an id")
    if proposal.where_not:
        raise _not_as_folder(f"the totals of {proposal.look.label} are not told by its first column")


def _not_as_folder(why: str) -> UnknownFileError:
    error = UnknownFileError(f"--dbt: {why}")
    error.next_step = "Add it without --dbt: a block of `sheets` can say that."
    return error


def _stored(group: Sequence[Proposal]) -> dict[str, str]:
    """Column of the file -> column of the raw table: the canonical name that it has first."""
    stored: dict[str, str] = {}
    for proposal in group:
        for ours, theirs in proposal.fields.items():
            if theirs not in stored:
                stored[theirs] = ours if ours not in stored.values() else f"{proposal.entity}_{ours}"
    return stored


def _source_yml(source: str, proposals: Sequence[Proposal], tables: Sequence[str]) -> str:
    entities = [proposal.entity for proposal in proposals]
    owner = "sales" if set(entities) <= set(_SALES) else "marketing"
    kinds = ", ".join(sorted({_KINDS.get(proposal.look.kind, "files") for proposal in proposals}))
    return f"""\
# How the files of {source} are read; written by `funnelmart add-source --dbt`, yours to change.
version: 2

sources:
  - name: {source}
    schema: raw_{source}
    description: {flow_text(f"Files of {source}.")}
    config:
      meta:
        title: {flow_text(source.replace("_", " ").capitalize())}
        owner: {owner}
        entities: {flow(entities)}
        layout: {kinds}
        get: 'As the system exports it.'
        restatement: 'The same file replaces what it gave before; different files add up.'
        days: 'Times without a zone are in `timezone` of the source in funnelmart.yml; days never shift.'
        money: 'The currency column if there is one, else `currency` of the source in funnelmart.yml.'
    tables:
{"".join(tables)}"""


def _table_yml(name: str, group: Sequence[Proposal], tables: Mapping[str, TableSpec], stored: Mapping[str, str]) -> str:
    first = group[0]
    entity = tables[first.entity]
    required = [stored[one.fields[name]] for one in group for name in _required(one, tables[one.entity])]
    key = [stored[first.fields[name]] for name in entity.key if name in first.fields]
    said_of_values = {key: value for one in group for key, value in one.formats.items()}  # of one file: they agree
    formats = {key: value for key, value in said_of_values.items() if key != "records"}
    meta: dict[str, object] = {
        "entity": first.entity,
        "files": list(dict.fromkeys(pattern for file in first.files for pattern in _patterns(file))),
        "required": list(dict.fromkeys(required)),
        "key": key,
        "formats": formats,
        "records": [first.formats["records"]] if "records" in first.formats else [],
        "totals": [value for value in first.look.columns[0].values if is_total(value)],
    }
    said = "".join(f"            {name}: {flow(value)}\n" for name, value in meta.items() if value)
    columns = ""
    for theirs, ours in stored.items():
        proposal, canonical = next(
            (one, canonical) for one in group for canonical, column in one.fields.items() if column == theirs
        )
        spec = tables[proposal.entity].column(canonical)
        assert spec is not None
        columns += _column_yml(ours, theirs, spec)
    return f"""\
      - name: {name}
        description: {flow_text(f"Rows of {first.look.file.name.rsplit('/', 1)[-1]} and files like it.")}
        config:
          meta:
{said}        columns:
{columns}"""


def _required(proposal: Proposal, table: TableSpec) -> list[str]:
    """What every file must have: a row without it can't be counted."""
    complete = next((group for group in table.one_of if set(group) <= set(proposal.fields)), ())
    return [name for name in (*table.required, *complete) if name in proposal.fields]


def _column_yml(ours: str, theirs: str, spec: ColumnSpec) -> str:
    meta: dict[str, object] = {"aliases": [theirs]} if theirs != ours else {}
    meta |= {"canonical": spec.name} | ({"personal": spec.personal} if spec.personal else {})
    return (
        f"          - name: {ours}\n"
        f"            data_type: {spec.data_type}\n"
        f"            description: {flow_text(spec.description)}\n"
        f"            config: {{meta: {flow(meta)}}}\n"
    )


def _patterns(file: str) -> list[str]:
    """The file, and those that differ in a number or date at its end."""
    path = PurePosixPath(file)
    stem = re.sub(r"[\d_. -]*\d[\d_. -]*$", "", path.stem)
    return [path.name.lower(), *([f"{stem.lower()}*{path.suffix.lower()}"] if stem and stem != path.stem else [])]
