"""All that is to be added for some files, worked out, proved, and written in one step or not at all."""

import fcntl
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.add_source.between import doubt_copies, doubt_links
from orchestration.add_source.insert import with_entries, with_sheet
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.propose import merged
from orchestration.add_source.prove import Proof, prove
from orchestration.add_source.rates import known_rates
from orchestration.add_source.suggested import Answers, doubt_suggested, suggestions, with_rules
from orchestration.errors import ChangedSettingsError
from orchestration.extracts.find.discover import discover_sheet
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.type.currencies import currency_code
from orchestration.extracts.type.in_text import masked
from orchestration.extracts.validate import check_settings
from orchestration.settings import SETTINGS_FILE, Settings, parse_settings


@dataclass
class Addition:
    """The settings as they would be, with the proof of each new block and the stages that got a meaning.

    `was` is their text as it was read, which `write` expects to find still.
    """

    text: str
    proofs: list[tuple[Proposal, Proof]] = field(default_factory=list)
    connectors: dict[str, str] = field(default_factory=dict)
    stages: dict[str, str] = field(default_factory=dict)
    unknown_stages: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    was: str = field(init=False)

    def __post_init__(self) -> None:
        """Remember what is added to."""
        self.was = self.text


def begun(settings: Settings) -> Addition:
    """Nothing added yet to the text that these settings were read from.

    Raises:
        ChangedSettingsError: it says something else by now.
    """
    path = settings.workspace / SETTINGS_FILE
    text = path.read_text(encoding="utf-8")
    if parse_settings(text, settings.workspace) != settings:
        raise _changed(path)
    return Addition(text)


def _changed(path: Path) -> ChangedSettingsError:
    return ChangedSettingsError(f"{path}: was changed by somebody else meanwhile; nothing was written")


def known_already(settings: Settings, entity: str, file: str, sheet: str | None) -> int | None:
    """Position of the block of `sources.sheets` that reads the file as that entity already."""
    for position, block in enumerate(settings.sheets):
        if block.entity != entity or block.formats.sheet != sheet:
            continue
        if file in block.files or any(
            _same(settings, found.name, file) for found in discover_sheet(settings, position)
        ):
            return position
    return None


def _same(settings: Settings, one: str, other: str) -> bool:
    """Whether two names are one file; names of files outside the workspace begin at the root."""
    return settings.workspace / one == settings.workspace / other or Path("/") / one == Path(other)


def add(
    settings: Settings,
    proposals: Sequence[Proposal],
    connectors: Mapping[str, str],
    tables: Mapping[str, TableSpec],
    answers: Answers | None = None,
) -> Addition:
    """Work out the new settings and prove them; nothing is written.

    `answers` are what people said of what values suggest; without them that is doubted.

    Raises:
        SettingsError: the settings would be wrong, or can't be added to.
        ExtractError: a file can't be read with its block.
    """
    addition = begun(settings)
    blocks = merged(list(proposals))
    if connectors:
        addition.connectors = dict(connectors)
        entries = {name: {"path": path} for name, path in connectors.items()}
        addition.text = with_entries(addition.text, ("sources",), entries)
    for proposal in blocks:
        addition.text = with_sheet(addition.text, proposal.block(), _comment(proposal))
    add_stages(settings, blocks, addition)
    suggested = doubt_suggested(suggestions(settings, blocks)) if answers is None else []
    if answers is not None:
        addition.text = with_rules(addition.text, answers.rules, answers.margin)
    after = parse_settings(addition.text, settings.workspace)
    check_settings(after)
    numbered = list(enumerate(blocks, start=len(settings.sheets)))
    rates = known_rates(after, tables["fx_rates"])
    for number, proposal in numbered:
        proof = prove(after, number, tables[proposal.entity], rates)
        for text in proof.doubts:
            proposal.doubt(text, "mend the line, or leave it out: `where: {not: …}` in the block", matters=False)
        if proof.currency and (proposal.currency or "currency" in proposal.fields):  # else it is doubted already
            proposal.doubt(proof.currency, "say under `currency` of the block which it is, or mend that column")
        addition.proofs.append((proposal, proof))
    doubt_copies(after, numbered, tables)
    doubt_links(blocks)
    note_rates(after, blocks, addition)
    addition.notes += suggested
    return addition


def write(settings: Settings, addition: Addition) -> Path:
    """Replace funnelmart.yml at once, its permissions kept.

    Raises:
        ChangedSettingsError: somebody has written to it since it was read; nothing of theirs is lost.
    """
    path = (settings.workspace / SETTINGS_FILE).resolve()
    with path.open(encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # one after the other: who waited finds what the one before has written
        if path.read_text(encoding="utf-8") != addition.was:
            raise _changed(path)
        return _replace(path, addition.text)


def _replace(path: Path, text: str) -> Path:
    descriptor, aside = tempfile.mkstemp(dir=path.parent, prefix=".funnelmart-", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(aside, path.stat().st_mode & 0o777)
        os.replace(aside, path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    return path


def _comment(proposal: Proposal) -> str:
    """What of the file is not used stands above its block, where people look when they miss it."""
    names = [column.name for column in proposal.unplaced]
    return f"not used: {', '.join(names)[:150]}" if names else ""


def add_stages(settings: Settings, blocks: Sequence[Proposal], addition: Addition) -> None:
    """Add the meanings of stages that the settings don't know."""
    known = {stage.lower() for stage in settings.stages}
    for proposal in blocks:
        for stage, meaning in proposal.stages.items():
            if stage.lower() not in known:
                known.add(stage.lower())
                addition.stages[stage] = meaning
    unknown = [stage for proposal in blocks for stage in proposal.unknown_stages if stage.lower() not in known]
    addition.unknown_stages = list(dict.fromkeys(map(masked, unknown)))
    if addition.stages:
        addition.text = with_entries(addition.text, ("stages",), addition.stages)


def note_rates(after: Settings, blocks: Sequence[Proposal], addition: Addition) -> None:
    """Amounts in another currency are refused by a run until rates are there."""
    named = {proposal.currency for proposal in blocks}
    for proposal in blocks:
        if proposal.entity != "fx_rates" and "currency" in proposal.fields:
            values = proposal.look.column(proposal.fields["currency"]).meant
            named |= {currency_code(value) or value for value in values}
    foreign = sorted(filter(None, named - {after.reporting.currency}))
    if foreign and not any(sheet.entity == "fx_rates" for sheet in after.sheets):
        addition.notes.append(
            f"amounts in {', '.join(foreign[:8])} need rates to {after.reporting.currency}: add a file of `fx_rates` "
            "(date, currency, rate), else a run refuses their rows"
        )
