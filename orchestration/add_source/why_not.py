"""Why nothing is made of a table: what it is nearest to, and what is odd about it."""

from collections.abc import Mapping

from orchestration.add_source.fit import obstacle
from orchestration.add_source.guess import guesses
from orchestration.add_source.look import Look
from orchestration.add_source.vocabulary import plain
from orchestration.extracts.source_specs import SourceSpec
from orchestration.extracts.sources import SHEETS
from orchestration.extracts.type.months import month_numbers

_MONTHS = ("month", "monat", "mes", "mois", "месяц", "kw", "week", "woche", "quarter", "quartal", "mese", "maand")
_YEARS = ("year", "jahr", "ano", "annee", "год", "anno", "jaar")


def why_not(one: Look, sources: Mapping[str, SourceSpec]) -> str:
    """What the table is nearest to, what it lacks for that, and what could be done."""
    found = [made for made in guesses(one, sources[SHEETS].tables) if made.score > 0]
    near = max(found, key=lambda made: made.score - 3 * len(made.missing), default=None)
    names = ", ".join(column.name for column in one.columns)[:300]
    tables = (
        f"; it holds several tables, another from {', another from '.join(one.further[:5])}: "
        "put the one that is meant into a file of its own"
        if one.further
        else ""
    )
    shape = _shape(one)
    if near is None:
        return f"none of its columns says what it is ({names}){tables}{shape}"
    said = f"but lacks {'; '.join(near.missing)}" if near.missing else "but too little speaks for it"
    found_out = [
        why
        for spec in sources[SHEETS].tables[near.entity].columns
        if spec.name not in near.fields
        for column in one.columns
        if column.name not in near.fields.values() and (why := obstacle(near.entity, spec, column))
    ]
    hint = f" ({'; '.join(dict.fromkeys(found_out))})" if near.missing and found_out else ""
    return f"can't tell what it is: nearest is {near.entity}, {said}{hint}; its columns are {names}{tables}{shape}"


def _shape(one: Look) -> str:
    """What is odd about the shape of the table, and what would help."""
    months = [column.name for column in one.columns if plain(column.name) in month_numbers()]
    if len(months) > 1:
        return f"; {months[0]}, {months[1]} … are months without a year: call them such as `{months[0]} 2026`"
    if len(one.columns) == 1 and one.columns[0].name.count(",") + one.columns[0].name.count(";") > 1:
        return "; each of its lines stands in quotes as a whole: export it without these"
    by_name = {plain(column.name): column for column in one.columns}
    month, year = (next((by_name[n] for n in names if n in by_name), None) for names in (_MONTHS, _YEARS))
    if month and year:
        return f"; {month.name} and {year.name} stand apart: put them into one column, such as 2026-03"
    return ""
