"""A source of its own for some files: its folder of models and its entry in the settings, proved, then written."""

import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from orchestration.add_source.add import Addition, add_stages, begun, note_rates, write
from orchestration.add_source.dbt_folder import folder_files
from orchestration.add_source.insert import with_entries
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.propose import merged
from orchestration.add_source.prove import prove_feed
from orchestration.errors import SettingsError, UnknownFileError, UsageError
from orchestration.extracts.feed import connector_feed
from orchestration.extracts.find.discover import discover_source
from orchestration.extracts.source_specs import SourceSpec
from orchestration.extracts.sources import DBT_PROJECT, SHEETS, load_sources
from orchestration.extracts.validate import check_settings
from orchestration.settings import Settings, parse_settings

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def add_folder(
    settings: Settings, source: str | None, proposals: Sequence[Proposal], sources: Mapping[str, SourceSpec]
) -> tuple[Addition, dict[str, str]]:
    """Work out folder and settings and prove them; nothing is written. Returns the folder's files beside the addition.

    Raises:
        SettingsError: no name that a source can have; the settings would be wrong.
        UnknownFileError: the files can't be a source.
        ExtractError: a file can't be read as the folder says.
    """
    name = _checked(source, sources)
    blocks = merged([_without_source(proposal) for proposal in proposals])
    files = folder_files(name, blocks, sources[SHEETS].tables)
    addition = begun(settings)
    entry = {"path": _folder(blocks), "timezone": settings.reporting.timezone}
    currencies = {proposal.currency for proposal in blocks if proposal.currency}
    if len(currencies) > 1:
        raise UnknownFileError(f"--dbt: a source has one currency, the files have {', '.join(sorted(currencies))}")
    entry |= {"currency": currencies.pop()} if currencies else {}
    addition.connectors = {name: str(entry["path"])}
    addition.text = with_entries(addition.text, ("sources",), {name: entry})
    add_stages(settings, blocks, addition)
    after = parse_settings(addition.text, settings.workspace)
    with tempfile.TemporaryDirectory(prefix="funnelmart-") as folder:
        write_files(Path(folder) / "models" / "staging" / name, files)
        spec = load_sources(Path(folder))[name]
    check_settings(after, {**sources, name: spec})
    found = discover_source(after, spec)
    for table in spec.tables.values():
        proposal = next(one for one in blocks if one.entity == table.entity)
        proof = prove_feed(connector_feed(after, spec, table), found.by_table[table.name])
        addition.proofs.append((proposal, proof))
    note_rates(after, blocks, addition)
    return addition, files


def write_folder(settings: Settings, source: str, files: Mapping[str, str], addition: Addition) -> Path:
    """Write folder and settings; where the settings can't be written, the folder is taken away again."""
    folder = DBT_PROJECT / "models" / "staging" / source
    write_files(folder, files)
    try:
        write(settings, addition)
    except BaseException:
        shutil.rmtree(folder)
        raise
    return folder


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files into a new folder.

    Raises:
        SettingsError: the folder is there already, or can't be made.
    """
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise SettingsError(f"{folder}: can't be made: {error}") from error
    try:
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        shutil.rmtree(folder)
        raise SettingsError(f"{folder}: can't be written: {error}") from error


def _checked(name: str | None, sources: Mapping[str, SourceSpec]) -> str:
    if name is None or not _NAME.fullmatch(name):
        raise UsageError(f"--dbt needs --name, in lower case letters, digits and _, such as zoho_desk; got {name}")
    if name in sources:
        raise UsageError(f"--name {name}: there is a source of that name; expected another")
    return name


def _without_source(proposal: Proposal) -> Proposal:
    """The model says the source itself."""
    proposal.constants.pop("source", None)
    return proposal


def _folder(proposals: Sequence[Proposal]) -> str:
    folders = {file.rpartition("/")[0] or "." for proposal in proposals for file in proposal.files}
    if len(folders) > 1:
        raise UnknownFileError(f"--dbt: the files of a source lie in one folder; these lie in {', '.join(folders)}")
    return folders.pop()
