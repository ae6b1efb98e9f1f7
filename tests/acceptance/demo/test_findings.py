"""The evidence of every finding, computed again from the published tables alone."""

import datetime as dt
import itertools
import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from tests.acceptance.demo.conftest import Ask

COLUMNS = "rule, dimension, member, grain, period_start, period_end, evidence"


class Finding(NamedTuple):
    rule: str
    dimension: str
    member: str
    grain: str
    start: dt.date
    end: dt.date
    evidence: dict[str, float]


class Mart:
    """What a reader of a finding can look up in the mart."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.long = {
            row[:5]: row[5:]
            for row in ask("""
            select grain, period_start, dimension, member, kpi, value, numerator, denominator from kpi_long
            where grain in ('month', 'quarter') or (grain = 'day' and kpi in ('leads', 'ad_spend'))""")
        }
        self.responses = {
            row[:3]: row[3:]
            for row in ask("""
            select period_start, dimension, coalesce(sales_rep, 'total'), never_answered, due, leads
            from lead_response where grain = 'month' and dimension <> 'channel'""")
        }
        periods = ask("select distinct grain, period_start from kpi_total order by 1, 2")
        self.before = {later: earlier for earlier, later in itertools.pairwise(periods) if earlier[0] == later[0]}

    def value(self, finding: Finding, kpi: str, *, company: bool = False, before: bool = False) -> Any:
        return self._look_up(finding, kpi, 0, company, before)

    def numerator(self, finding: Finding, kpi: str, *, company: bool = False) -> Any:
        return self._look_up(finding, kpi, 1, company, before=False)

    def _look_up(self, finding: Finding, kpi: str, part: int, company: bool, before: bool) -> Any:
        grain, start = self.before[finding.grain, finding.start] if before else (finding.grain, finding.start)
        member = ("total", "total") if company else (finding.dimension, finding.member)
        # a sum that is null is left out of kpi_long; a member that did not exist yet had none
        return self.long.get((grain, start, *member, kpi), (0, 0, 0))[part]

    def won_per_qualified_lead(self, finding: Finding, company: bool = False) -> float:
        won = self.numerator(finding, "lead_to_deal_conversion", company=company)
        return float(won / self.numerator(finding, "qualification_rate", company=company))

    def leads_per_rep(self, finding: Finding, before: bool = False) -> float:
        if finding.dimension == "sales_rep":
            return self.value(finding, "leads", before=before)
        start = self.before[finding.grain, finding.start][1] if before else finding.start
        [(leads, reps)] = self.ask(f"""
            select sum(leads), count(*) from kpi_by_sales_rep
            where grain = '{finding.grain}' and period_start = '{start}' and leads > 0 and sales_rep <> 'unassigned'""")
        return leads / reps

    def of_days(self, finding: Finding, kpi: str, *, usual: bool = False) -> float:
        """Sum over the finding's days; or the daily mean of the 28 days before, as far as the channel goes back."""
        first = min(day for grain, day, _, member, _ in self.long if grain == "day" and member == finding.member)
        days = (finding.end - finding.start).days + 1
        start = max(finding.start - dt.timedelta(28), first) if usual else finding.start
        span = (finding.start - start).days if usual else days
        key = finding.dimension, finding.member, kpi
        dates = [start + dt.timedelta(day) for day in range(span)]
        total = float(sum(self.long.get(("day", date, *key), (0,))[0] for date in dates))
        return total / span if usual else total


def company_and(kpi: str) -> dict[str, Callable[[Mart, Finding], Any]]:
    return {
        kpi: lambda mart, finding: mart.value(finding, kpi),
        f"company_{kpi}": lambda mart, finding: mart.value(finding, kpi, company=True),
    }


def before_and_after(kpi: str, name: str | None = None) -> dict[str, Callable[[Mart, Finding], Any]]:
    return {
        f"{name or kpi}_before": lambda mart, finding: mart.value(finding, kpi, before=True),
        f"{name or kpi}_after": lambda mart, finding: mart.value(finding, kpi),
    }


# how each figure of an evidence is found in the mart again
FIGURES: dict[str, Callable[[Mart, Finding], Any]] = {
    **company_and("qualification_rate"),
    **company_and("sla_share"),
    **company_and("lead_to_deal_conversion"),
    **company_and("cpl"),
    **before_and_after("leads"),
    **before_and_after("won_deals"),
    **before_and_after("revenue"),
    **before_and_after("marketing_cost"),
    **before_and_after("average_check"),
    **before_and_after("gross_profit"),
    **before_and_after("roi"),
    **before_and_after("median_response_minutes", "response_minutes"),
    "leads_per_rep_before": lambda mart, finding: mart.leads_per_rep(finding, before=True),
    "leads_per_rep_after": lambda mart, finding: mart.leads_per_rep(finding),
    "won_per_qualified_lead": lambda mart, finding: mart.won_per_qualified_lead(finding),
    "company_won_per_qualified_lead": lambda mart, finding: mart.won_per_qualified_lead(finding, company=True),
    "unanswered_leads": lambda mart, finding: mart.responses[finding.start, finding.dimension, finding.member][0],
    "due_leads": lambda mart, finding: mart.responses[finding.start, finding.dimension, finding.member][1],
    "unanswered_share": lambda mart, finding: (
        FIGURES["unanswered_leads"](mart, finding) / FIGURES["due_leads"](mart, finding)
    ),
    "leads": lambda mart, finding: (
        mart.of_days(finding, "leads") if finding.grain == "day" else mart.value(finding, "leads")
    ),
    "ad_spend": lambda mart, finding: mart.of_days(finding, "ad_spend"),
    "days": lambda mart, finding: (finding.end - finding.start).days + 1,
    "expected_leads": lambda mart, finding: mart.of_days(finding, "leads", usual=True) * FIGURES["days"](mart, finding),
    "usual_daily_spend": lambda mart, finding: mart.of_days(finding, "ad_spend", usual=True),
}


@pytest.fixture(scope="module")
def findings(ask: Ask) -> list[Finding]:
    return [Finding(*row[:-1], json.loads(row[-1])) for row in ask(f"select {COLUMNS} from kpi_alignment")]


def test_every_figure_of_every_finding_is_in_the_mart(ask: Ask, findings: list[Finding]) -> None:
    mart = Mart(ask)
    assert len(findings) > 50
    for finding in findings:
        again = {name: FIGURES[name](mart, finding) for name in finding.evidence}
        # evidence has four decimals below ten, else two
        assert {name: float(value) for name, value in again.items()} == pytest.approx(
            finding.evidence, abs=0.00501, rel=1e-6
        ), finding


def test_the_story_of_the_demo_is_found(findings: list[Finding]) -> None:
    """What its generator put in: bad leads, a slow representative, broken tracking, a missing extract, overload."""
    found = {(finding.rule, finding.member) for finding in findings}
    assert ("low_conversion_slow_sales", "Jonas Keller") in found
    assert ("low_conversion_bad_leads", "Meta Ads") in found
    assert ("spend_without_leads", "Meta Ads") in found
    assert ("paid_leads_without_spend", "Google Ads") in found
    assert ("more_leads_without_more_deals", "total") in found
    assert any(rule == "sales_overload" for rule, _ in found)
    assert any(rule == "average_check_down_volume_up" for rule, _ in found)


def test_messages_name_no_brace_and_no_raw_number(ask: Ask) -> None:
    """Every brace is filled, in both languages; no share is left as a fraction."""
    odd = ask("""
        select message_en, message_ru from kpi_alignment
        where regexp_matches(message_en || message_ru, '[{}]|0\\.0000') or message_en is null or message_ru is null""")
    assert odd == []
