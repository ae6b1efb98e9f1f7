"""What a file becomes: one block, two where a row is both lead and deal, a connector, or a reason why nothing."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from orchestration.add_source.add import known_already
from orchestration.add_source.ads_in_costs import doubt_ads
from orchestration.add_source.further import lines_beside, refunds_beside
from orchestration.add_source.guess import Guess, guess, guesses, is_deal_too, is_lead_too, lacks, sums_beside
from orchestration.add_source.look import Look
from orchestration.add_source.looks import looks_of
from orchestration.add_source.own_tables import read_already, without_connectors
from orchestration.add_source.planned import Plan
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.propose import note_unused, propose
from orchestration.add_source.unfolding import unfold_guess
from orchestration.add_source.why_not import why_not
from orchestration.errors import UnknownFileError
from orchestration.extracts.source_specs import SourceSpec
from orchestration.extracts.sources import SHEETS
from orchestration.settings import Settings, mistake, near


def plan(
    settings: Settings,
    files: Sequence[str],
    sources: Mapping[str, SourceSpec],
    entity: str | None = None,
    name: str | None = None,
    lenient: bool = False,
) -> Plan:
    """Look at every file (or URL, or all files of a folder) and decide what it becomes.

    `lenient` lets a file that is said to be an `entity` lack required columns, which are asked for then.

    Raises:
        SettingsError: the settings name a source that there is not.
        UnknownFileError: a file that is named doesn't exist, or lacks what its entity requires.
    """
    unknown = sorted(set(settings.sources) - set(sources))
    if unknown:
        raise mistake(settings, f"sources.{unknown[0]}", f"unknown source{near(unknown[0], sources)}")
    made = Plan()
    looks = [(written, one) for file in files for written, one in looks_of(settings, file, made.left_out)]
    for written, one in looks:
        if already := read_already(settings, sources, written):
            made.known[one.label] = already
    looks = [(written, one) for written, one in looks if one.label not in made.known]
    if not (entity or name):
        looks = without_connectors(settings, sources, looks, made)
    currency = settings.reporting.currency
    best = [None if entity else _best(one, sources) for _, one in looks]
    others = {entity for entity, _ in _elsewhere(settings, sources)} | {one.entity for one in best if one}
    for (written, one), first in zip(looks, best, strict=True):
        chosen = [_forced(one, sources, entity, lenient)] if entity else _choose(one, first, sources, others)
        own, blocks = list[Proposal](), list[Proposal]()
        for guessed in chosen:
            position = known_already(settings, guessed.entity, written, one.formats.get("sheet"))
            if position is not None:
                made.known[one.label] = f"sources.sheets[{position}] reads it already as {guessed.entity}"
                continue
            table = sources[SHEETS].tables[guessed.entity]
            proposal = propose(one, guessed, table, written, name, currency, "customers" in settings.model_fields_set)
            orders = guessed.entity == "deals" and not entity
            beside = list(filter(None, [lines_beside(proposal), refunds_beside(proposal)])) if orders else []
            proposal.notes += _same_money(settings, sources, guessed.entity)
            own.append(proposal)
            blocks += [proposal, *beside]
        for proposal in own:
            note_unused(proposal, sources[SHEETS].tables[proposal.entity], [b for b in blocks if b is not proposal])
        made.proposals += blocks
        if not chosen:
            made.left_out[one.label] = why_not(one, sources)
            made.unknown.append((written, one))
    has_spend = "ad_spend" in {entity for entity, _ in _elsewhere(settings, sources)}
    for proposal in made.proposals:
        doubt_ads(proposal, has_spend or any(other.entity == "ad_spend" for other in made.proposals))
    return made


def _elsewhere(settings: Settings, sources: Mapping[str, SourceSpec]) -> set[tuple[str, str]]:
    """Entities that the workspace has already, each with where from."""
    found = {(sheet.entity, SHEETS) for sheet in settings.sheets}
    return found | {(entity, name) for name in settings.sources for entity in sources[name].entities}


def _same_money(settings: Settings, sources: Mapping[str, SourceSpec], entity: str) -> list[str]:
    there = sorted({name for known, name in _elsewhere(settings, sources) if known == entity == "ad_spend"})
    if not there:
        return []
    return [f"ad spend comes from {', '.join(there)} already: days of one platform must not come from both"]


def _best(one: Look, sources: Mapping[str, SourceSpec]) -> Guess | None:
    if unfolded := unfold_guess(one, sources[SHEETS].tables):
        return unfolded
    first = guesses(one, sources[SHEETS].tables)[0]
    return first if first.is_possible else None


def _choose(one: Look, first: Guess | None, sources: Mapping[str, SourceSpec], others: set[str]) -> list[Guess]:
    """The best guess; where each row is both lead and deal, both, unless the workspace has such records already."""
    if first is None:
        return []
    tables = sources[SHEETS].tables
    if first.entity == "deal_lines":
        order = guess(one, tables["deals"])  # whose rows are its lines: they are told apart beside it
        first = order if order.is_possible and {"stage", "status"} & set(order.fields) else first
    if first.entity == "daily_results":
        spend = guess(one, tables["ad_spend"])
        first = spend if spend.is_possible else first
    if first.entity == "ad_spend" and (sums := sums_beside(first, guess(one, tables["daily_results"]))):
        return [first, sums]
    if first.entity == "deals" and "leads" not in others:
        lead = guess(one, tables["leads"])
        if is_lead_too(first, lead, one):
            return [lead, _of_lead(first, lead)]
    if first.entity == "leads" and "deals" not in others:
        deal = guess(one, tables["deals"])
        if is_deal_too(deal, one):
            return [first, _of_lead(deal, first)]
    return [first]


def _of_lead(deal: Guess, lead: Guess) -> Guess:
    """The deal of a row that is its lead too: both have the row's id."""
    theirs = lead.fields.get("lead_id")
    fields = deal.fields | ({"deal_id": theirs, "lead_id": theirs} if theirs else {})
    return Guess(deal.entity, deal.score, fields, deal.missing)


def _forced(one: Look, sources: Mapping[str, SourceSpec], entity: str, lenient: bool) -> Guess:
    tables = sources[SHEETS].tables
    if entity not in tables:
        error = UnknownFileError(f"--entity {entity}: no such entity; expected one of {', '.join(tables)}")
        error.next_step = "Choose one of them, or leave --entity out."
        raise error
    guessed = guess(one, tables[entity])
    required = lacks(tables[entity], guessed.fields)
    if required and not lenient:
        names = ", ".join(column.name for column in one.columns)
        error = UnknownFileError(
            f"{one.label}: as {entity} it lacks {'; '.join(required)}; its columns are {names[:400]}"
        )
        error.next_step = "Run it without --yes to say which column it is, or rename the column to funnelmart's name."
        raise error
    return guessed


def check_usable(files: Sequence[str], made: Plan) -> None:
    """What a folder happens to hold may be left out; a file that somebody names may not, unless a part of it is used.

    Raises:
        UnknownFileError: a file is left out.
    """
    if len(files) == 1 and Path(files[0]).is_dir() and (made.known or not made.is_empty):
        return
    used = {proposal.look.file.name for proposal in made.proposals}
    named = {label: why for label, why in made.left_out.items() if label.split(", sheet ")[0] not in used}
    if named:
        raise UnknownFileError("; ".join(f"{label}: {why}" for label, why in list(named.items())[:5]))
