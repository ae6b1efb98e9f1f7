"""Forecast, what a budget buys and paths as people read them on a terminal, in the words of the KPI report."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from rich.table import Table
from rich.text import Text

from orchestration.cli.fitted import Column, fitted_table
from orchestration.views.kpi_summary import PER_CENT, decimal, with_plus, written

Row = dict[str, Any]
Words = Mapping[str, str]
Printed = Table | str
MOVES = 6  # that are shown of each outcome


def forecast_tables(rows: list[Row], record: list[Row], locale: str, words: Words, width: int) -> Iterator[Printed]:
    """Of each KPI a line for each month; below it how right its forecasts have been."""
    for kpi in dict.fromkeys(row["kpi"] for row in rows):
        months = [row for row in rows if row["kpi"] == kpi]
        name = months[0][f"name_{locale}"] or kpi
        if not all(row["enough_history"] and row["value"] is not None for row in months):
            closed = _number(sum(row["closed"] for row in months), locale)
            said = "no_history" if any(row["closed"] for row in months) else "nothing_yet"
            yield words[f"forecast.{said}"].format(name=name, closed=closed)
            continue
        ranges = [
            "–" if row["low"] is None else f"{_number(row['low'], locale)} – {_number(row['high'], locale)}"
            for row in months
        ]
        yield fitted_table(
            [
                Column(name, [Text(f"{row['month']:%Y-%m}") for row in months]),
                _numbers(words["forecast.value"], months, "value", 0, locale),
                Column(words["forecast.range"], [Text(text) for text in ranges], 0, is_number=True),
                *(_numbers(words[f"forecast.{part}"], months, part, 1, locale) for part in _PARTS),
            ],
            width,
        )
        for row in record:
            if row["kpi"] == kpi and row["mean_error"] is not None:
                ahead = _counted(words["forecast.months_before"], row["months_ahead"], locale)
                error, bias = _share(row["mean_error"], locale), _share(row["bias"], locale, sign=True)
                yield (
                    f"  {ahead}: {words['forecast.error']} {error}, {words['forecast.bias']} {bias} "
                    f"({words['forecast.forecasts']}: {row['forecasts']})"
                )


_PARTS = ("closed", "from_pipeline", "from_new_leads")


def budget_tables(
    rows: list[Row], moves: list[Row], names: Mapping[str, str], locale: str, words: Words, width: int
) -> Iterator[Printed]:
    """Of each outcome what the last and the next tenth bring, and the moves that can be told from chance."""
    for outcome in dict.fromkeys(row["outcome"] for row in rows):
        own = [row for row in rows if row["outcome"] == outcome]
        name = names.get(outcome) or words["budget.won_value"]
        fitted = [words[f"budget.verdicts.{row['verdict']}"] for row in own]
        yield fitted_table(
            [
                Column(f"{name}: {words['breakdown.channel']}", [Text(row["channel"]) for row in own]),
                Column(words["budget.verdict"], [Text(text) for text in fitted], 2),
                _numbers(words["budget.spend"], own, "spend_now", 1, locale),
                _ranges(words["budget.last"], own, "last_10_percent", locale),
                _ranges(words["budget.next"], own, "next_10_percent", locale),
            ],
            width,
        )
        between = [row for row in moves if row["outcome"] == outcome]
        told = [row for row in between if row["verdict"] == "more"]
        if told:
            yield fitted_table(
                [
                    Column(words["budget.from"], [Text(row["from_channel"]) for row in told[:MOVES]]),
                    Column(words["budget.to"], [Text(row["to_channel"]) for row in told[:MOVES]]),
                    _numbers(words["budget.moved"], told[:MOVES], "moved_spend", 1, locale),
                    _ranges(words["budget.change"], told[:MOVES], "change", locale),
                ],
                width,
            )
        if between:
            beyond = sum(row["change"] is None for row in between)
            yield words["budget.moves_note"].format(told=len(told), all=len(between), outcome=name)
            if beyond:
                yield _counted(words["budget.moves_beyond"], beyond, locale)
    yield words["budget.promise"]


def paths_table(rows: list[Row], names: Mapping[str, str], locale: str, words: Words, width: int) -> Table:
    """One row for each path, won ones first."""
    return fitted_table(
        [
            Column(words["paths.path"], [Text(row["path"]) for row in rows]),
            _numbers(names["won_deals"], rows, "won_deals", 0, locale),
            _numbers(words["paths.amounts"], rows, "revenue", 1, locale),
            _numbers(words["paths.lost"], rows, "lost_journeys", 2, locale),
            _numbers(words["paths.days"], rows, "median_days_to_win", 3, locale),
        ],
        width,
    )


def _numbers(title: str, rows: list[Row], name: str, rank: int, locale: str) -> Column:
    return Column(title, [Text(_number(row[name], locale)) for row in rows], rank, is_number=True)


def _ranges(title: str, rows: list[Row], name: str, locale: str) -> Column:
    return Column(title, [Text(_ranged(row, name, locale)) for row in rows], 0, is_number=True)


def _ranged(row: Row, name: str, locale: str) -> str:
    if row[name] is None:
        return "–"
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    known = low is not None and high is not None
    return _number(row[name], locale) + (f" ({_number(low, locale)} – {_number(high, locale)})" if known else "")


def _number(value: Any, locale: str) -> str:
    """Large numbers without what stands behind the point, small ones with one digit of it."""
    number = decimal(value)
    if number is None:
        return "–"
    return written(number, 0 if abs(number) >= 100 or number == number.to_integral_value() else 1, locale)


def _share(value: Any, locale: str, sign: bool = False) -> str:
    number = Decimal(str(value)) * 100
    text = f"{written(number, 0, locale)}{PER_CENT[locale]}"
    return with_plus(text, number) if sign else text


def _counted(text: str, count: int, locale: str) -> str:
    """`{count|month|months}` as the number asks for: English has two forms, Russian three."""
    number, _, forms = text.partition(" {count|")
    words, _, rest = forms.partition("}")
    ten, hundred = count % 10, count % 100
    russian = 0 if ten == 1 and hundred != 11 else 1 if 2 <= ten <= 4 and not 12 <= hundred <= 14 else 2
    form = russian if locale == "ru" else int(count != 1)
    return f"{number.format(count=count)} {words.split('|')[form]}{rest}"
