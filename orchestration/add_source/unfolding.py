"""Months, weeks or quarters as columns: a tracker that people keep by hand, unfolded into rows."""

import re
from collections.abc import Mapping

from orchestration.add_source.evidence import Column
from orchestration.add_source.fit import ENOUGH, fit
from orchestration.add_source.guess import Guess
from orchestration.add_source.longer_periods import DAY, longer_periods
from orchestration.add_source.look import Look
from orchestration.add_source.vocabulary import is_expected, joined, plain, vocabulary
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.type.periods import is_period, period_of

_BY = ("channel", "campaign_name", "platform", "account_name")
_OF_MONEY = {"spend", "spent", "cost", "costs", "kosten", "ausgaben", "amount", "расход", "расходы", "затраты"}
_CHANNELS = {
    "youtube", "affiliate", "affiliates", "email", "newsletter", "seo", "display", "influencer", "influencers", "radio",
    "tv", "print", "outdoor", "retargeting", "programmatic", "podcast", "podcasts",
}  # fmt: skip
_PLANNED = {"budget", "plan", "forecast", "planned", "бюджет", "план", "прогноз", "presupuesto", "orcamento"}


def unfold_guess(look: Look, tables: Mapping[str, TableSpec]) -> Guess | None:
    """The table as ad spend by channel or campaign, else as costs by kind; None where no columns are periods or
    channels.
    """
    columns = _periods(look)
    sums = longer_periods(column.name for column in columns)
    columns = [column for column in columns if column.name not in sums]
    if len(columns) < 2 or not all(_holds_numbers(column) for column in columns):
        return _by_channel(look, tables["ad_spend"])
    periods = [column.name for column in columns]
    unfold = {"columns": periods, "into": "month", "value": "amount"}
    rest = [column for column in look.columns if column.name not in {*periods, *sums}]
    spend = {name: found for name in _BY if (found := _best(rest, tables["ad_spend"], name))}
    if spend:
        return Guess("ad_spend", 10.0, {**spend, "date": "month", "spend": "amount"}, unfold=unfold)
    kind = _best(rest, tables["marketing_costs"], "cost_type")
    if kind:
        return Guess("marketing_costs", 10.0, {"cost_type": kind, "month": "month", "amount": "amount"}, unfold=unfold)
    return None


def _by_channel(look: Look, table: TableSpec) -> Guess | None:
    """One column of money for each channel, beside a column of days or months."""
    columns = [column for column in look.columns if is_channel(column.name) and column.filled]
    others = [column for column in look.columns if column not in columns]
    day = _best(others, table, "date")
    names = {_without_money(column.name) for column in columns}
    more = any(f" {name} " in f" {plain(other.name)} " for name in names for other in others)  # clicks of a channel
    if len(columns) < 2 or day is None or not all(map(_holds_numbers, columns)) or more:
        return None
    if "channel" in map(_name, others):
        return None
    unfold = {"columns": [column.name for column in columns], "into": "channel", "value": "amount"}
    return Guess("ad_spend", 10.0, {"channel": "channel", "date": day, "spend": "amount"}, unfold=unfold)


def is_channel(name: str) -> bool:
    """Whether a header names a channel of advertising and nothing else but money: `Google Ads (EUR)`, `Meta spend`."""
    platforms = {joined(called) for names in vocabulary().platforms.values() for called in names}
    return joined(_without_money(name)) in platforms | _CHANNELS


def _without_money(name: str) -> str:
    return " ".join(word for word in plain(name).split() if word not in _OF_MONEY)


def _name(column: Column) -> str:
    return column.name.lower()


def _periods(look: Look) -> list[Column]:
    """The columns that are called by a period; the way of writing them by which most are."""
    named = [column for column in look.columns if is_period(column.name)]
    days = _first_days(look)
    return max(named, _short_months(look), [*days, *named] if days else [], key=len)


def _short_months(look: Look) -> list[Column]:
    """`Jan 26`, `Feb 26` are months of a year: were they days, the months would be fewer than the numbers."""
    found = {column: period for column in look.columns if (period := period_of(column.name, None, "month"))}
    years, months = ({getattr(begin, part) for begin, _ in found.values()} for part in ("year", "month"))
    return list(found) if len(years) < len(months) else []


def _first_days(look: Look) -> list[Column]:
    """A workbook shows `Jan 26` where it holds the first day of the month, so its months begin on that."""
    found = [column for column in look.columns if re.fullmatch(DAY, column.name)]
    return found if all(column.name[8:10] == "01" for column in found) else []


def is_planned(look: Look) -> bool:
    """Whether the file calls itself a budget or plan."""
    words = plain(" ".join([re.sub(r"\.\w+$", "", look.file.name), *look.titles])).split()
    return bool(_PLANNED & set(words)) or any("budget" in word for word in words) or is_expected(words)


def _holds_numbers(column: Column) -> bool:
    return column.filled == 0 or column.share("decimal") >= 0.8


def _best(columns: list[Column], table: TableSpec, name: str) -> str | None:
    spec = next(spec for spec in table.columns if spec.name == name)
    found = [(fit(table.name, spec, column), column.name) for column in columns]
    return max(found, default=(0.0, ""))[1] if max(found, default=(0.0, ""))[0] >= ENOUGH else None
