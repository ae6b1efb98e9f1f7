"""What a run refuses although it can be read (contract, section 3): the same rules as the models', asked of a row."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from orchestration.add_source.rates import Rates
from orchestration.add_source.titles import BY_DAY
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.type.in_text import masked
from orchestration.settings import Settings

Row = Mapping[str, str | None]
_NOT_LATER = ("created_at", "touched_at", "refunded_at")
_NOT_NEGATIVE = ("spend", "impressions", "clicks", "leads", "qualified_leads", "opportunities", "won_deals")
_MONEY = {
    "ad_spend": "spend", "daily_results": "revenue", "deals": "amount", "refunds": "amount",
    "marketing_costs": "amount",
}  # fmt: skip
_DATED = {
    **dict.fromkeys(BY_DAY, ("date", "start_date")), "deals": ("closed_at", "created_at"),
    "refunds": ("refunded_at",), "marketing_costs": ("month", "start_date"),
}  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """`refuses` gives the reason why a row with these columns is refused, or None."""

    columns: tuple[str, ...]
    refuses: Callable[[Row], str | None]


def rules_of(table: TableSpec, settings: Settings, currency: str | None, rates: Rates | None) -> list[Rule]:
    """The rules of an entity: nothing after tomorrow, nothing negative where it can't be, a rate for all money.

    Costs are of marketing or sales.
    """
    tomorrow = settings.today(dt.datetime.now(dt.UTC)) + dt.timedelta(days=1)
    rules = []
    dated = [*_NOT_LATER, *(("date", "end_date") if table.name in BY_DAY else ())]
    for name in dated:
        if table.column(name) and table.name in ("leads", "deals", "touches", "refunds", *BY_DAY):
            rules.append(Rule((name,), lambda row, name=name: _later(row, name, tomorrow)))  # type: ignore[misc]
    if table.name in BY_DAY:
        counts = [name for name in _NOT_NEGATIVE if table.column(name)]
        rules += [Rule((name,), lambda row, name=name: _negative(row, name)) for name in counts]  # type: ignore[misc]
    if table.name == "marketing_costs":
        rules.append(Rule(("department",), _of_no_department))
    if rates and table.name in _MONEY:
        given = currency or rates.reporting
        rules.append(
            Rule(
                ("currency", _MONEY[table.name], *_DATED[table.name]),
                lambda row: _without_rate(row, table.name, given, rates),
            )
        )
    return rules


def _later(row: Row, name: str, tomorrow: dt.date) -> str | None:
    day = _day(row.get(name))
    return f"{name}: {day} is later than tomorrow" if day and day > tomorrow else None


def _negative(row: Row, name: str) -> str | None:
    value = row.get(name)
    return f"{name}: {value} is negative" if value and Decimal(value) < 0 else None


def _of_no_department(row: Row) -> str | None:
    said = row.get("department")
    if not said or said.lower() in ("marketing", "sales"):
        return None
    return (
        f"department: {masked(said)!r} is neither marketing nor sales; say under `values` which it is, or leave such "
        "rows out under `where`"
    )


def _without_rate(row: Row, entity: str, given: str, rates: Rates) -> str | None:
    if not row.get(_MONEY[entity]):
        return None
    code = (row.get("currency") or given).upper()
    if len(code) != 3:
        return f"currency: {masked(code)!r} is no code; write one, such as USD, or say it under `values`"
    day = next((found for name in _DATED[entity] if (found := _day(row.get(name)))), None)
    return (
        None
        if rates.has(code, day)
        else f"currency: {code} has no rate to {rates.reporting} in the 7 days up to its date"
    )


def _day(value: str | None) -> dt.date | None:
    """The day of a canonical date or time; reported days may differ by one from those in UTC, which refuses nothing."""
    return dt.date.fromisoformat(value[:10]) if value else None
