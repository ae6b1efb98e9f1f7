"""Which entity a table is: the canonical columns that its own fit, what speaks for it and what against."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from orchestration.add_source.evidence import Column
from orchestration.add_source.fit import ENOUGH, fit
from orchestration.add_source.identity import best_id
from orchestration.add_source.look import Look
from orchestration.add_source.outcomes import outcome, with_status
from orchestration.add_source.titles import BY_DAY, period_of_titles
from orchestration.add_source.vocabulary import plain, vocabulary
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.type.currencies import ALL_CODES

_SURE = 5.0
# `source` is part of every key and is no channel; what is a status is told by the values of a stage.
_GENERATED = ("lead_id", "deal_id", "touch_id", "refund_id", "target_id")
_NEVER = ("source", "status")
_LEAD_ONLY = (
    "email",
    "phone",
    "utm_source",
    "channel",
    "lead_quality",
    "landing_page",
    "response_seconds",
    "campaign_name",
)
# Codes of currencies that are words or names. RON and CAD are none here: people who are paid in them would be passed
# over without a word, while codes that only values tell are doubted aloud (`numbers.py`).
_WORDS = {
    "ALL", "AMD", "ANG", "AWG", "BAM", "BOB", "COP", "CUP", "DOP", "ERN", "GEL", "LAK", "MAD", "MOP", "PEN", "SOS",
    "TOP", "TRY",
}  # fmt: skip


@dataclass(frozen=True)
class Guess:
    """A table taken for `entity`: canonical column -> column of the file; `missing` is why it can't be."""

    entity: str
    score: float
    fields: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    unfold: dict[str, Any] = field(default_factory=dict)

    @property
    def is_possible(self) -> bool:
        """Whether every required column is filled and enough speaks for it."""
        return not self.missing and self.score >= _SURE


def guesses(look: Look, tables: Mapping[str, TableSpec]) -> list[Guess]:
    """The table as each entity, best first."""
    found = [guess(look, table) for table in tables.values()]
    return sorted(found, key=lambda one: (one.is_possible, one.score), reverse=True)


def guess(look: Look, table: TableSpec) -> Guess:
    """The table as `table`'s entity."""
    fields = _assign(look, table)
    words = vocabulary().entities[table.name]
    if table.name == "deals" and "deal_id" not in fields and "lead_id" in fields:
        fields["deal_id"] = fields["lead_id"]  # a deal that has no id of its own but its lead's
    missing = lacks(table, fields)
    if table.name in BY_DAY and period_of_titles(look) and missing[-1:] == ["date or start_date, end_date"]:
        missing.pop()  # the whole file counts for the period that its title names
    said = " ".join(missing)
    dated = {"date", "start_date"} if table.name in BY_DAY and not missing else set[str]()
    groups = [
        group
        for group in words.needs
        if not (set(fields) | dated) & set(group) and not any(name in said for name in group)
    ]
    missing += [f"one of {', '.join(group)}" if len(group) > 1 else group[0] for group in groups]
    score = sum(words.tells.get(name, 0.0) for name in fields)
    score += 2.5 * _is_named(look, table.name)
    score += sum(name in fields for name in table.key)
    score += 2 * any(_names_entity(fields.get(name, ""), table.name) for name in table.key if name.endswith("_id"))
    score -= 3 * sum(_has(look, table, name) for name in words.against)
    return Guess(table.name, score, fields, tuple(missing))


def lacks(table: TableSpec, fields: Mapping[str, str]) -> list[str]:
    """Required columns that nothing fills; an id that nothing refers to can be made of the row."""
    made = [name for name in _GENERATED if name in table.key and len(fields) > 1]
    made += ["entity"] if table.name == "stage_history" and "entity_id" in fields else []
    missing = [name for name in table.required if name not in fields and name not in made]
    if table.one_of and not any(set(fields).issuperset(group) for group in table.one_of):
        missing.append(" or ".join(", ".join(group) for group in table.one_of))
    return missing


def is_lead_too(deal: Guess, lead: Guess, look: Look) -> bool:
    """Whether rows of a deal are leads too: none points to another lead, and they say where they came from.

    Orders and payments are none: who pays was a lead before, if ever.
    """
    if is_sold(look, deal) and not {"utm_source", "lead_quality"} & set(lead.fields):
        return False
    own = "lead_id" not in deal.fields or deal.fields["lead_id"] == deal.fields.get("deal_id")
    known = sum(name in lead.fields for name in _LEAD_ONLY)
    enough = 1 if _names_entity(deal.fields.get("deal_id", ""), "leads") else 2
    return own and not lead.missing and "lead_id" in lead.fields and known >= enough


def is_deal_too(deal: Guess, look: Look) -> bool:
    """Whether rows of a lead are deals too: they have a value, and something says whether they were won."""
    said = [deal.fields[name] for name in ("stage", "status") if name in deal.fields]
    is_told = any(outcome(value) for name in said for value in look.column(name).meant)
    return not deal.missing and "amount" in deal.fields and (is_told or "closed_at" in deal.fields)


def sums_beside(spend: Guess, sums: Guess) -> Guess | None:
    """What a sheet of spend says of leads and sales beside it; none where it is an ad platform's own report.

    A platform counts as leads and purchases what it claims to have brought; finer columns than a campaign tell it.
    """
    of_platform = {"account_id", "account_name", "ad_group_id", "ad_group_name", "ad_id", "ad_name"} & set(spend.fields)
    fields = {name: theirs for name, theirs in sums.fields.items() if name not in ("impressions", "clicks")}
    said = {"leads", "qualified_leads", "opportunities", "won_deals", "revenue"} & set(fields)
    taken = {fields[name] for name in said} & set(spend.fields.values())
    if (
        of_platform
        or _is_claimed(spend, said)
        or "platform_conversions" in spend.fields
        or sums.missing
        or len(said) < 2
        or taken
    ):
        return None
    return Guess(sums.entity, sums.score, fields)


def _is_claimed(spend: Guess, said: set[str]) -> bool:
    """Whether campaigns of one platform stand beside leads and purchases, as its own report counts them.

    A company's own sheet says whose channel a row is, or what became of the leads, which no platform knows.
    """
    is_report = "impressions" in spend.fields and bool({"campaign_id", "campaign_name"} & set(spend.fields))
    of_one = not {"channel", "platform", "utm_source"} & set(spend.fields)
    return is_report and of_one and not {"qualified_leads", "opportunities"} & said


def is_sold(look: Look, deal: Guess) -> bool:
    """Whether rows are what was sold, orders or payments: the file, its id or its date is called so."""
    stem = re.sub(r"\.\w+$", "", PurePosixPath(look.file.name).name)
    said = [stem, str(look.formats.get("sheet", "")), deal.fields.get("deal_id", ""), deal.fields.get("closed_at", "")]
    lines = any(plain(column.name).startswith("lineitem") for column in look.columns)
    return lines or bool({word for text in said for word in plain(text).split()} & vocabulary().sold)


def _assign(look: Look, table: TableSpec) -> dict[str, str]:
    """Each column at most once, best fits first; of columns that fit an id, one in which none stands twice."""
    fits = [
        (fit(table.name, spec, column), -order, -number, spec.name, column.name)
        for order, spec in enumerate(table.columns)
        if spec.name not in _NEVER
        for number, column in enumerate(look.columns)
    ]
    fields: dict[str, str] = {}
    if len(table.key) == 1 and table.key[0].endswith("_id"):
        ids = [(score, theirs) for score, _, _, name, theirs in sorted(fits, reverse=True) if name == table.key[0]]
        least = max(ENOUGH, min(8.0, max(ids, default=(0.0, ""))[0]))  # so well as the best, or called just so
        if chosen := best_id(look, [theirs for score, theirs in ids if score >= least]):
            fields[table.key[0]] = chosen
    for score, _, _, name, theirs in sorted(fits, reverse=True):
        if score >= ENOUGH and name not in fields and theirs not in fields.values():
            fields[name] = theirs
    return _settled({spec.name: fields[spec.name] for spec in table.columns if spec.name in fields}, look, table)


def _settled(fields: dict[str, str], look: Look, table: TableSpec) -> dict[str, str]:
    """Open, won and lost are a status, where the entity has one; a name that is an id is the person."""
    if table.name == "deals":
        fields = with_status(look, fields)
    if table.column("currency") and "currency" not in fields and (told := _codes(look, fields)):
        fields["currency"] = told
    if table.name in BY_DAY and "start_date" in fields and not {"end_date", "date"} & set(fields):
        fields = {("date" if key == "start_date" else key): theirs for key, theirs in fields.items()}
    if {"full_name", "last_name"} <= set(fields) and "first_name" not in fields:
        fields = {("first_name" if key == "full_name" else key): theirs for key, theirs in fields.items()}  # `Имя`
    name = look.column(fields["full_name"]) if "full_name" in fields else None
    if name and name.filled and "person_id" not in fields and all(value.isdigit() for value in name.some):
        fields = {("person_id" if key == "full_name" else key): theirs for key, theirs in fields.items()}
    return fields


def _codes(look: Look, fields: dict[str, str]) -> str | None:
    """The one column that holds nothing but codes of currencies, whatever it is called; some codes are rather words.

    All in upper case: `Bob` and `Ron` are people.
    """
    found = [
        column.name
        for column in look.columns
        if column.name not in fields.values()
        and column.filled > look.rows / 2
        and all(value in ALL_CODES for value in column.meant)
        and not _are_words(set(column.meant))
    ]
    return found[0] if len(found) == 1 else None


def _are_words(values: set[str]) -> bool:
    """`ALL` is beside others what the others are together; a column of `TOP` and `TRY` ranks something."""
    return "ALL" in values or values <= _WORDS


def _is_named(look: Look, entity: str) -> bool:
    stem = re.sub(r"\.\w+$", "", PurePosixPath(look.file.name).name)
    words = f" {plain(stem)} {plain(str(look.formats.get('sheet', '')))} {plain(' '.join(look.titles))} "
    return any(f" {name} " in words for name in vocabulary().entities[entity].named)


def _names_entity(header: str, entity: str) -> bool:
    """Whether an id says itself what it is of: `Lead ID`."""
    return bool(set(plain(header).split()) & set(vocabulary().entities[entity].named))


def _has(look: Look, table: TableSpec, name: str) -> bool:
    """Whether a header says plainly what speaks against the entity."""
    names = {plain(name), *vocabulary().columns.get(name, ())[:2]}
    return any(plain(column.name) in names and column.filled for column in look.columns)


def unplaced(look: Look, guesses_made: Iterable[Guess]) -> list[Column]:
    """Columns with values that no guess uses."""
    used = {theirs for made in guesses_made for theirs in made.fields.values()}
    return [column for column in look.columns if column.name not in used and column.values]
