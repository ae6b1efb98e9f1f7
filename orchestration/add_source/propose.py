"""What a guess says in funnelmart.yml: formats from the values, constants, meanings of stages, what is unsure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from orchestration.add_source.deal_money import doubt_money
from orchestration.add_source.departments import settle_departments
from orchestration.add_source.fit import fit, obstacle, says_little, tells_expected_only
from orchestration.add_source.gone import leave_out_gone
from orchestration.add_source.grouped import doubt_grouped
from orchestration.add_source.guess import Guess, unplaced
from orchestration.add_source.longer_periods import settle_longer_periods
from orchestration.add_source.look import Look
from orchestration.add_source.lost_days import doubt_lost_days
from orchestration.add_source.moments import MOMENTS, settle_moments
from orchestration.add_source.money_beside import doubt_money_beside
from orchestration.add_source.numbers import NUMBERS, settle_numbers
from orchestration.add_source.plans import settle_plans
from orchestration.add_source.proposal import Proposal, typed
from orchestration.add_source.rate_sides import settle_rates
from orchestration.add_source.records import settle_records
from orchestration.add_source.shared_contacts import note_shared_contacts
from orchestration.add_source.signs import doubt_signs
from orchestration.add_source.spans import doubt_spans
from orchestration.add_source.stages import settle_stages
from orchestration.add_source.stands_for import settle_periods
from orchestration.add_source.totals import doubt_bare, doubt_nameless, settle_totals, settle_wholes
from orchestration.add_source.undone import doubt_undone
from orchestration.add_source.vocabulary import plain, vocabulary
from orchestration.add_source.zone_beside import settle_zone_beside
from orchestration.counted import counted
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.type.url_tags import TAGGED, click_kind
from orchestration.extracts.type.yes_no import NO, TICKS, YES

_FITS = 8.0  # as well as that fits what is just called so
_TEST_MARKS = {"test", "is test", "test lead", "is test lead", "тест", "тестовый", "тестовый лид"}
_OUTCOMES = ("amount", "spend", "closed_at")
_NULLS = {"NULL", "null", "(null)", "<null>", "[NULL]", "\\N", "NaN", "nan", "#N/A"}


def propose(
    look: Look,
    guess: Guess,
    table: TableSpec,
    file: str,
    name: str | None = None,
    reporting: str = "",
    customers_told: bool = False,
) -> Proposal:
    """The block for `guess`, whose file the settings call `file`; `name` is the system that the rows come from."""
    made = Proposal(guess.entity, [file], look, dict(guess.fields), dict(look.formats), unfold=dict(guess.unfold))
    made.reporting, made.customers_told = reporting, customers_told
    if look.delimiter and look.delimiter != ",":
        made.formats["delimiter"] = look.delimiter
    if look.further:
        made.doubt(
            f"another table begins in {', another in '.join(look.further[:5])}: its lines would be taken for rows of "
            "the first, or be refused",
            "put each table into a file of its own",
        )
    _hidden_rows(made)
    _doubts(made, table)
    settle_moments(made, table)
    settle_periods(made, table)
    settle_totals(made, table)
    settle_numbers(made, table)
    _nothing(made, table)
    settle_wholes(made)
    settle_rates(made)
    doubt_nameless(made)
    doubt_grouped(made)
    _constants(made)
    _forms(made)
    settle_stages(made)
    settle_departments(made)
    leave_out_gone(made)
    settle_records(made, table)
    doubt_bare(made, table)
    doubt_money(made)
    doubt_signs(made)
    doubt_money_beside(made)
    doubt_lost_days(made)
    doubt_spans(made)
    note_shared_contacts(made)
    if name:
        made.constants["source"] = name
    placed = made.fields | {f"unfold {name}": name for name in made.unfold.get("columns", [])}
    made.unplaced = unplaced(look, [Guess(made.entity, 0.0, placed)])
    settle_longer_periods(made)
    settle_plans(made)
    doubt_undone(made)
    settle_zone_beside(made, table)
    _links(made)
    _tests(made)
    _breakdown(made)
    if encoding := look.formats.get("encoding"):
        made.note(f"the encoding is taken for {encoding}: look whether accented letters are right below")
    return made


def _hidden_rows(made: Proposal) -> None:
    """Rows that nobody sees who opens the workbook count like the others."""
    hidden = made.look.hidden_rows
    if hidden is None:
        return
    count = counted(hidden.rows, "row")
    are = "is" if hidden.rows == 1 else "are"
    if hidden.is_filtered:
        made.note(f"{count} hidden by a filter (the first in line {hidden.first}) {are} read like the others")
    else:
        made.doubt(
            f"{count} of the sheet {are} hidden, the first in line {hidden.first}: they would count like the others",
            "show them if they are meant, else delete them",
        )


def _doubts(made: Proposal, table: TableSpec) -> None:
    """Columns whose headers say only in part what they are taken for, or that another fits as well."""
    for spec in table.columns:
        theirs = made.fields.get(spec.name)
        if theirs is None or theirs in (made.unfold.get("into"), made.unfold.get("value")):
            continue
        if says_little(made.entity, spec, theirs) and not tells_expected_only(spec, theirs):
            made.note(f"{spec.name} is taken from {theirs!r}, which says so only in part: check it")
        if spec.name in _OUTCOMES and tells_expected_only(spec, theirs):
            made.doubt(
                f"{spec.name} is taken from {theirs!r}, which says what is expected, not what happened",
                f"name the column that holds what happened: {spec.name} under `fields` of the block",
            )
        elif spec.name in _OUTCOMES and not made.unfold:
            _rivals(made, table, spec.name, theirs)


def _rivals(made: Proposal, table: TableSpec, name: str, theirs: str) -> None:
    """Another column is called so just as well and holds other values: nothing says which is meant."""
    spec = next(spec for spec in table.columns if spec.name == name)
    free = [column for column in made.look.columns if column.name not in made.fields.values() and column.filled]
    for column in free:
        is_called_alike = re.fullmatch(rf"{re.escape(theirs)}_\d+", column.name)  # the same name twice in the header
        if not is_called_alike:
            if fit(made.entity, spec, column) < min(_FITS, fit(made.entity, spec, made.look.column(theirs)) - 0.5):
                continue
            says_less = says_little(made.entity, spec, column.name) and not says_little(made.entity, spec, theirs)
            if tells_expected_only(spec, column.name) or says_less:
                continue
        pairs = [pair for pair in made.look.cells(theirs, column.name) if all(pair)]
        differing = next((pair for pair in pairs if pair[0] != pair[1]), None)
        if differing:
            shown = " and ".join(map(str, differing))
            made.doubt(
                f"{name} may be {theirs!r} or {column.name!r}: both fit, and they differ ({shown})",
                f"taken is {theirs!r}; write the other one as {name} under `fields` if that is meant",
            )
            return


def _breakdown(made: Proposal) -> None:
    """A report by keyword or country holds money that another report holds too."""
    by = [column.name for column in made.unplaced if set(_endings(plain(column.name))) & vocabulary().breakdowns]
    if made.entity == "ad_spend" and by:
        made.note(
            f"the money is broken down by {', '.join(by[:3])}, which is added up; such a report may leave spend out, "
            "and the same days must not come from another one too"
        )


def _links(made: Proposal) -> None:
    """Links with utm tags or ids of clicks, in whatever column, say where a record came from."""
    if made.entity not in ("leads", "deals", "touches"):
        return
    linked = [column for column in made.unplaced if any(re.search(TAGGED, value) for value in column.some)]
    clicks = [column for column in made.unplaced if click_kind(column.name) and made.entity != "deals"]
    if linked:
        names = ", ".join(column.name for column in linked)
        made.note(f"what the links in {names} say (utm tags, ids of clicks) fills what the rows leave empty")
    if clicks:
        made.note(f"{', '.join(column.name for column in clicks)}: the ids of clicks that leads came by")
    made.unplaced = [column for column in made.unplaced if column not in [*linked, *clicks]]


def _tests(made: Proposal) -> None:
    """Forms and networks mark what people sent to try them."""
    for column in made.look.columns:
        words = {value.lower() for value in column.meant}
        if plain(column.name) not in _TEST_MARKS or not words <= {*YES, *TICKS, *NO}:
            continue
        marked = [value for value in column.meant if value.lower() in (*YES, *TICKS)]
        if made.entity in ("leads", "deals") and marked:
            made.leave_out(column.name, marked)
            made.note(f"rows with {', '.join(map(repr, marked))} in {column.name} are left out as tests (`where`)")
            made.unplaced = [other for other in made.unplaced if other is not column]


def _endings(words: str) -> list[str]:
    """`member country` and `country`."""
    parts = words.split()
    return [" ".join(parts[at:]) for at in range(len(parts))]


def _nothing(made: Proposal, table: TableSpec) -> None:
    """Words for nothing that stand where a number, a time or an id is expected; those that programs write anywhere.

    All rows without a customer would else be of one, `NULL`.
    """
    columns = [*typed(made, table, (*NUMBERS, *MOMENTS, "duration"))]
    columns += [made.look.column(name) for name in made.unfold.get("columns", [])]
    texts = typed(made, table, ("text",))
    columns += [column for column in texts if column.name in _ids(made)]
    words = {value for column in columns for value in column.values if value in vocabulary().nothing}
    words |= {value for column in texts for value in column.values if value in _NULLS}
    if words:
        made.formats["null_values"] = ["", *sorted(words)]


def _ids(made: Proposal) -> set[str]:
    return {theirs for name, theirs in made.fields.items() if name.endswith("_id")}


def _constants(made: Proposal) -> None:
    """What the file doesn't say but its name does."""
    if made.entity == "ad_spend" and not {"platform", "channel", "utm_source"} & set(made.fields):
        words = f" {plain(made.look.label)} {plain(' '.join(made.look.titles))} "
        platform = next((p for p, ns in vocabulary().platforms.items() if any(f" {n} " in words for n in ns)), None)
        if platform:
            made.constants["platform"] = platform
            made.note(f"no column says where the ads ran; the file's name says {platform} (`constants`)")
        else:
            made.note("no column says where the ads ran: name it under `constants`, such as {platform: google_ads}")
    if made.entity == "stage_history" and "entity" not in made.fields:
        theirs = plain(made.fields.get("entity_id", "")) + " " + plain(made.look.file.name)
        made.constants["entity"] = "leads" if re.search(r"lead|лид", theirs) else "deals"
        made.note(f"the history is taken for that of {made.constants['entity']} (`constants`)")


def _forms(made: Proposal) -> None:
    """Leads of Meta's forms say by `platform` and `is_organic` where they came from."""
    named = {plain(column.name): column for column in made.look.columns if column.filled}
    platform, organic = named.get("platform"), named.get("is organic")
    known = {"fb": "facebook", "ig": "instagram", "facebook": "facebook", "instagram": "instagram"}
    if made.entity != "leads" or platform is None or {"utm_source", "channel"} & set(made.fields):
        return
    if not all(value.lower() in known for value in platform.meant):
        return
    made.fields["utm_source"] = platform.name
    made.values["utm_source"] = {value: known[value.lower()] for value in sorted(platform.meant)}
    if organic:
        made.fields["utm_medium"] = organic.name
        made.values["utm_medium"] = {
            value: "organic_social" if value.lower() in ("true", "1", "yes") else "paid_social"
            for value in sorted(organic.meant)
        }
    made.note(f"where a lead came from is told by {platform.name}" + (f" and {organic.name}" if organic else ""))


def note_unused(made: Proposal, table: TableSpec, beside: Iterable[Proposal] = ()) -> None:
    """What is called like money, a date, a status, an id or a campaign is never dropped without a word.

    Columns that a block `beside` uses are not dropped.
    """
    used = {theirs for other in beside for theirs in other.fields.values()}
    made.unplaced = [column for column in made.unplaced if column.name not in used]
    reasons = {
        column.name: (why, spec.name)
        for column in made.unplaced
        if not column.is_damaged
        for spec in table.columns
        if spec.name not in made.fields and (why := obstacle(made.entity, spec, column))
    }
    for why, name in dict.fromkeys(reasons.values()):
        if name in _OUTCOMES:
            made.doubt(f"not used: {why}", f"mend its values, or name another column as {name} under `fields`")
        else:
            made.note(f"not used: {why}")
    words = vocabulary().weighty
    others = [
        f"{column.name} ({next(iter(column.meant))[:30]})"
        for column in made.unplaced
        if column.name not in reasons
        and column.filled
        and not column.is_damaged
        and set(plain(column.name).split()) & words
    ]
    if others:
        made.note(f"not used, though it may matter: {', '.join(others[:12])}" + (", …" if len(others) > 12 else ""))


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
            alike.notes += [note for note in proposal.notes if note not in alike.notes]
            alike.doubts += [doubt for doubt in proposal.doubts if doubt not in alike.doubts]
    return kept


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return {**one, "files": None} == {**other, "files": None}
