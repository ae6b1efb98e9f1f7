"""What a guess says in funnelmart.yml: formats from the values, constants, meanings of stages, what is unsure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from orchestration.add_source.currency import currency_of
from orchestration.add_source.evidence import Column, best_marks
from orchestration.add_source.fit import says_little
from orchestration.add_source.guess import Guess, unplaced
from orchestration.add_source.look import Look
from orchestration.add_source.vocabulary import plain, vocabulary
from orchestration.extracts.sources import TableSpec
from orchestration.settings import Formats

_NUMBERS = ("decimal", "integer")
_PRECISE = ("rate", "probability", "gross_margin", "value", "response_seconds")  # 1.083 is no thousand of them
_OPEN = ("open", "открыта", "открыт", "открыто")  # what no meaning says anyway
_MOMENTS = ("date", "timestamp", "month", "epoch")


@dataclass
class Proposal:
    """One block under `sources.sheets`; `stages` are meanings to be added, `notes` what people should look at."""

    entity: str
    files: list[str]
    look: Look
    fields: dict[str, str]
    formats: dict[str, Any] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    where_not: dict[str, list[str]] = field(default_factory=dict)
    currency: str | None = None
    key: str | None = None
    stages: dict[str, str] = field(default_factory=dict)
    unknown_stages: list[str] = field(default_factory=list)
    unplaced: list[Column] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def block(self) -> dict[str, Any]:
        """The block as settings: keys in the order in which people read them."""
        said: dict[str, Any] = {"entity": self.entity, "files": self.files[0] if len(self.files) == 1 else self.files}
        optional = {
            "currency": self.currency,
            "formats": self.formats,
            "fields": self.fields,
            "constants": self.constants,
            "where": {"not": self.where_not} if self.where_not else None,
            "key": self.key,
        }
        return said | {name: value for name, value in optional.items() if value}


def propose(look: Look, guess: Guess, table: TableSpec, file: str, name: str | None = None) -> Proposal:
    """The block for `guess`, whose file the settings call `file`; `name` is the system that the rows come from."""
    made = Proposal(guess.entity, [file], look, dict(guess.fields), dict(look.formats))
    if look.delimiter and look.delimiter != ",":
        made.formats["delimiter"] = look.delimiter
    _doubts(made, table)
    _moments(made, table)
    _totals(made, table)
    _numbers(made, table)
    _nothing(made, table)
    _constants(made, table)
    if name:
        made.constants["source"] = name
    _stages(made)
    made.unplaced = unplaced(look, [guess])
    _breakdown(made)
    if "encoding" in look.formats:
        made.notes.append("the encoding is taken for windows-1252: look whether accented letters are right below")
    return made


def _doubts(made: Proposal, table: TableSpec) -> None:
    """Columns whose headers say only in part what they are taken for."""
    for spec in table.columns:
        theirs = made.fields.get(spec.name)
        if theirs and says_little(made.entity, spec, theirs):
            made.notes.append(f"{spec.name} is taken from {theirs!r}, which says so only in part: check it")


def _breakdown(made: Proposal) -> None:
    """A report by keyword or country holds money that another report holds too."""
    by = [column.name for column in made.unplaced if set(_endings(plain(column.name))) & vocabulary().breakdowns]
    if made.entity == "ad_spend" and by:
        made.notes.append(
            f"the money is broken down by {', '.join(by[:3])}, which is added up; such a report may leave spend out, "
            "and the same days must not come from another one too"
        )


def _endings(words: str) -> list[str]:
    """`member country` and `country`."""
    parts = words.split()
    return [" ".join(parts[at:]) for at in range(len(parts))]


def _typed(made: Proposal, table: TableSpec, types: tuple[str, ...]) -> list[Column]:
    names = [spec.name for spec in table.columns if spec.data_type in types and spec.name in made.fields]
    return [made.look.column(made.fields[name]) for name in names]


def _moments(made: Proposal, table: TableSpec) -> None:
    """Formats of days and of times, where some values are not ISO."""
    columns = _typed(made, table, _MOMENTS)
    for key, way in (("date", "dates"), ("timestamp", "times")):
        readings = [
            (reading, column)
            for column in columns
            if (reading := getattr(column, way)) and column.readable("timestamp", Formats()) < len(column.some)
        ]
        if not readings:
            continue
        # a column that leaves no doubt decides for the others
        best, column = max(readings, key=lambda found: (not found[0].is_ambiguous, found[0].count))
        made.formats[key] = best.format
        if best.is_ambiguous:
            made.notes.append(
                f"{column.some[0]!r} in {column.name} may be day or month first; taken as {best.format}: check it"
            )


def _totals(made: Proposal, table: TableSpec) -> None:
    """Lines that add up the others are told by the word in them, and dropped."""
    for column in made.look.columns:
        words = [value for value in column.values if plain(value) in vocabulary().totals]
        if words:
            made.where_not[column.name] = words
            made.notes.append(f"lines with {', '.join(map(repr, words))} in {column.name} are left out as totals")
            return


def _numbers(made: Proposal, table: TableSpec) -> None:
    """Decimal and thousands mark, one pair for the file."""
    names = [spec.name for spec in table.columns if spec.data_type in _NUMBERS and spec.name in made.fields]
    columns = [made.look.column(made.fields[name]) for name in names if name not in _PRECISE]
    precise = [made.look.column(made.fields[name]) for name in names if name in _PRECISE]
    marks = best_marks(columns or [])
    if not columns:
        commas = any(re.fullmatch(r"-?\d+,\d+", value) for column in precise for value in column.some)
        marks = Formats(decimal=",") if commas else marks
    written = marks.model_dump(include={"decimal", "thousands"}, exclude_defaults=True)
    made.formats |= written
    if "currency" not in made.fields:
        told = currency_of(columns)
        made.currency = told.code
        made.notes += [told.note] if told.note else []


def _nothing(made: Proposal, table: TableSpec) -> None:
    """Words for nothing that stand where a number or a time is expected."""
    words = {
        value
        for column in _typed(made, table, (*_NUMBERS, *_MOMENTS, "duration"))
        for value in column.values
        if value in vocabulary().nothing
    }
    if words:
        made.formats["null_values"] = ["", *sorted(words)]


def _constants(made: Proposal, table: TableSpec) -> None:
    """What the file doesn't say but its name does."""
    if made.entity == "deals" and not {"stage", "status"} & set(made.fields) and "closed_at" in made.fields:
        made.constants["status"] = "won"
        made.notes.append("no column says whether a deal was won; every row is taken for a won deal (`constants`)")
    if made.entity == "ad_spend" and not {"platform", "channel", "utm_source"} & set(made.fields):
        words = f" {plain(made.look.label)} {plain(' '.join(made.look.titles))} "
        platform = next((p for p, ns in vocabulary().platforms.items() if any(f" {n} " in words for n in ns)), None)
        if platform:
            made.constants["platform"] = platform
            made.notes.append(f"no column says where the ads ran; the file's name says {platform} (`constants`)")
        else:
            made.notes.append(
                "no column says where the ads ran: name it under `constants`, such as {platform: google_ads}"
            )
    if made.entity == "stage_history" and "entity" not in made.fields:
        theirs = plain(made.fields.get("entity_id", "")) + " " + plain(made.look.file.name)
        made.constants["entity"] = "leads" if re.search(r"lead|лид", theirs) else "deals"
        made.notes.append(f"the history is taken for that of {made.constants['entity']} (`constants`)")
    missing = [name for name in table.key if name.endswith("_id") and name not in made.fields]
    if missing and made.entity in ("leads", "deals", "touches", "refunds", "targets"):
        made.key = "row"
        made.notes.append(f"no column is an id: each row is its own record, and nothing can refer to its {missing[0]}")
    for name in table.key:
        if name in made.fields and len(table.key) == 1 and not made.look.column(made.fields[name]).is_unique:
            made.notes.append(
                f"{made.fields[name]} stands there more than once; of rows with one {name} the newest counts"
            )


def _stages(made: Proposal) -> None:
    """What the stages of the file probably mean."""
    if made.entity not in ("leads", "deals", "stage_history") or "stage" not in made.fields:
        return
    for value, _ in made.look.column(made.fields["stage"]).meant.most_common():
        meaning = vocabulary().stages.get(plain(value))
        if meaning:
            made.stages[value] = meaning
        elif plain(value) not in _OPEN:
            made.unknown_stages.append(value)


def merged(proposals: list[Proposal]) -> list[Proposal]:
    """Files that are read alike as one block."""
    kept: list[Proposal] = []
    for proposal in proposals:
        alike = next((other for other in kept if _alike(other.block(), proposal.block())), None)
        if alike is None:
            kept.append(proposal)
        else:
            alike.files += proposal.files
            alike.stages |= proposal.stages
            alike.unknown_stages += [stage for stage in proposal.unknown_stages if stage not in alike.unknown_stages]
    return kept


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return {**one, "files": None} == {**other, "files": None}
