"""Members, the bridge, goals and findings as people read them on a terminal, in English or Russian."""

import math
import textwrap
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from rich.table import Table
from rich.text import Text

from orchestration.cli.fitted import Column, fitted_table
from orchestration.views.kpi_summary import decimal, show, span_name

Row = dict[str, Any]
# KPIs beside a member with their rank: those of rank 0 always stay, the highest goes first where the terminal is narrow
MEMBER_KPIS = {
    "leads": 0, "qualified_leads": 4, "won_deals": 0, "revenue": 0, "average_check": 5, "marketing_cost": 3, "cpl": 1,
    "cac": 3, "roi": 1, "win_rate": 2, "median_response_minutes": 6, "sla_share": 4,
}  # fmt: skip
MEMBERS = {
    "en": {"channel": "Channel", "campaign": "Campaign", "sales_rep": "Sales rep", "product": "Product"},
    "ru": {"channel": "Канал", "campaign": "Кампания", "sales_rep": "Менеджер", "product": "Продукт"},
}
CHECK_NEEDED = {
    "en": "At today's pace of deals the average check would have to be {check}.",
    "ru": "При нынешнем темпе сделок средний чек должен составить {check}.",
}
STATUS_COLOURS = {"achieved": "green", "on_track": "green", "at_risk": "yellow", "off_track": "red", "missed": "red"}


def load_words(locale: str) -> Mapping[str, str]:
    """The words that the KPI report uses too, by dotted key."""
    from kpi_report.texts import load_texts  # here: it takes half a second, and JSON needs no words

    return load_texts()[locale]


def members_table(rows: list[Row], kpis: list[Row], locale: str, width: int) -> Table:
    """One row for each member; `kpis` are the rows of dim_kpi. KPIs without meaning for the dimension are left out."""
    known = {kpi["kpi"]: kpi for kpi in kpis}
    columns = [
        Column(title, [Text(str(row[name])) for row in rows])
        for name, title in MEMBERS[locale].items()
        if name in rows[0]
    ]
    for kpi, rank in MEMBER_KPIS.items():
        if any(row.get(kpi) is not None for row in rows):
            cells = [Text(_figure(row[kpi], known[kpi]["unit"], locale)) for row in rows]
            columns.append(Column(known[kpi][f"name_{locale}"], cells, rank, is_number=True))
    return fitted_table(columns, width)


def bridge_table(rows: list[Row], grain: str, kpi: Row, locale: str, words: Mapping[str, str], width: int) -> Table:
    """The waterfall: the KPI before, what each lever added and to whom it belongs, and the KPI after."""
    first, unit = rows[0], kpi["unit"]
    done = first["is_complete"]
    level = Decimal(str(first["kpi_before"]))
    steps = [(span_name(first["base_period_start"], first["base_last_day"], grain, done, locale), "", None, level)]
    for row in rows:
        level += Decimal(str(row["contribution"]))
        steps.append((words[f"factor.{row['factor']}"], words[f"owner.{row['owner']}"], row["contribution"], level))
    name = span_name(first["period_start"], first["last_day"], grain, done, locale)
    steps.append((name, "", None, Decimal(str(first["kpi_after"]))))
    columns = [
        Column(words["bridge.factor"], [Text(factor) for factor, *_ in steps]),
        Column(words["goals.owner"], [Text(owner) for _, owner, *_ in steps]),
        Column(
            words["bridge.contribution"], [_signed(change, unit, locale) for *_, change, _ in steps], is_number=True
        ),
        Column(kpi[f"name_{locale}"], [Text(_figure(level, unit, locale)) for *_, level in steps], is_number=True),
    ]
    return fitted_table(columns, width)


def levers_line(rows: list[Row], unit: str, currency: str, locale: str, words: Mapping[str, str]) -> str:
    """What each side's levers sum to, with their signs, and what is nobody's."""
    sums = {"marketing": Decimal(0), "sales": Decimal(0), "nobody": Decimal(0)}
    for row in rows:
        sums[row["owner"]] += Decimal(str(row["contribution"]))
    shown = {side: show(value, unit, currency, locale, sign=True) for side, value in sums.items()}
    lines = ["summary.levers", *(["summary.nobody"] if sums["nobody"] else [])]
    return " ".join(words[line].format(**shown) for line in (*lines, *(["bridge.roi_note"] if unit == "ratio" else [])))


def goals_table(rows: list[Row], locale: str, words: Mapping[str, str], width: int) -> Table:
    """The tree of goals: what is to be reached by when, what is there, where it is heading."""

    def figures(title: str, name: str, rank: int) -> Column:
        cells = [Text(_figure(row[name], row["unit"], locale)) for row in rows]
        return Column(words[f"goals.{title}"], cells, rank, is_number=True)

    def texts(title: str, cells: list[Text], rank: int) -> Column:
        return Column(words[f"goals.{title}"], cells, rank)

    failing = [f"✗ {row['smart_failing']}" if row["smart_failing"] else "✓" for row in rows]
    columns = [
        texts("goal", [Text("· " * row["depth"] + _goal(row, locale)) for row in rows], 0),
        texts("owner", [Text(row["owner"] or "–") for row in rows], 4),
        texts("due", [Text(str(row["due_date"] or "–")) for row in rows], 2),
        figures("target", "target_value", 0),
        figures("actual", "actual", 0),
        figures("key_expected", "expected_to_date", 5),
        figures("projection", "projection", 1),
        texts("key_range", [Text(_range(row, locale)) for row in rows], 6),
        texts("status", [_status(row["status"], words) for row in rows], 0),
        texts("smart", [Text(text) for text in failing], 3),
    ]
    return fitted_table(columns, width)


def goal_notes(rows: list[Row], currency: str, locale: str, words: Mapping[str, str]) -> Iterator[str]:
    """What each running revenue goal asks of both sides, and whose gap a shortfall is."""
    for row in rows:
        if row["kpi"] == "revenue" and row["status"] in ("on_track", "at_risk", "off_track"):
            leads, qualified = (
                show(Decimal(math.ceil(row[name])), "count", "", locale) if row[name] is not None else "–"
                for name in ("required_leads", "required_qualified_leads")
            )
            notes = [f"{row['target_id']}: {words['goals.needs'].format(leads=leads, qualified=qualified)}"]
            if row["required_average_check"] is not None:
                check = show(decimal(row["required_average_check"]), "currency", currency, locale)
                notes.append(CHECK_NEEDED[locale].format(check=check))
            if row["gap_owner"]:
                # a gap is what is missing; a deviation has the sign of what is more or less than the pace
                deviations = {side: -(decimal(row[f"{side}_gap"]) or Decimal(0)) for side in ("marketing", "sales")}
                gaps = {
                    side: show(value, "currency", currency, locale, sign=True) for side, value in deviations.items()
                }
                notes.append(words["goals.gap"].format(**gaps))
            yield " ".join(notes)


def finding_lines(row: Row, words: Mapping[str, str], width: int) -> tuple[str, str]:
    """Heading of a finding, and its message and next step wrapped below."""
    heading = f"{words['severity.' + row['severity']]} · {row['period_start']} – {row['period_end']}"
    below = wrapped(row["message"], width, "  "), wrapped(row["action"], width, "  → ")
    return f"{heading} · {words['owner.' + row['owner']]}", "\n".join(below)


def wrapped(text: str, width: int, first: str = "") -> str:
    """The text in lines of at most `width`, the first after `first`, the others as far to the right."""
    return textwrap.fill(text, width, initial_indent=first, subsequent_indent=" " * len(first), break_on_hyphens=False)


def _goal(row: Row, locale: str) -> str:
    scope = "" if row["scope"] == "total" else f" ({row['scope'].partition('=')[2]})"
    return f"{row['target_id']} {row[f'name_{locale}'] or row['kpi']}{scope}"


def _range(row: Row, locale: str) -> str:
    if row["projection_low"] is None or row["projection_low"] == row["projection_high"]:
        return "–"
    return " – ".join(_figure(row[name], row["unit"], locale) for name in ("projection_low", "projection_high"))


def _status(status: str | None, words: Mapping[str, str]) -> Text:
    return Text(words[f"status.{status or 'none'}"], style=STATUS_COLOURS.get(status or "", ""))


def _signed(value: Any, unit: str, locale: str) -> Text:
    if value is None:
        return Text("")
    return Text(show(decimal(value), unit, "", locale, sign=True), style="green" if value > 0 else "red")


def _figure(value: Any, unit: str | None, locale: str) -> str:
    """A number without its currency, which the columns have no room for."""
    return show(decimal(value), "currency" if unit == "currency_per_day" else unit, "", locale)
