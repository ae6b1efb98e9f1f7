"""The goals of the demo company: a tree from the year's revenue down to single KPIs, most of them SMART."""

import datetime as dt

from demo.files import Folder
from demo.funnel import Funnel
from demo.fx import FxRates
from demo.story import Story

# id | kpi | direction | baseline | target | unit | start | due | owner | department | scope | parent
GOALS = """
G1 | revenue | increase | {revenue} | {goal} | absolute | 2025-01-01 | 2025-12-31 | Katrin Sommer | | total |
M1 | qualified_leads | increase | {qualified} | 15 | percent_change | 2025-01-01 | 2025-12-31 | Lea Hofmann | marketing | total | G1
M2 | cost_per_qualified_lead | decrease | 177 | 165 | absolute | 2025-01-01 | 2025-06-30 | Lea Hofmann | marketing | total | M1
M3 | ad_cpl | decrease | 46 | -10 | percent_change | 2025-01-01 | 2025-06-30 | Lea Hofmann | marketing | channel=Google Ads | M1
M4 | market_share | increase | 0.043 | 0.048 | absolute | 2025-01-01 | 2025-12-31 | Lea Hofmann | marketing | total | G1
M5 | brand_awareness | increase | 0.159 | 0.175 | absolute | 2025-01-01 | 2025-12-31 | Lea Hofmann | marketing | total | M4
S1 | won_deals | increase | | {deals} | absolute | 2025-01-01 | 2025-12-31 | Anna Vogel | sales | total | G1
S2 | win_rate | increase | 0.47 | 0.50 | absolute | 2025-01-01 | 2025-06-30 | Anna Vogel | sales | total | S1
S3 | sla_share | increase | 0.48 | 0.75 | absolute | 2025-01-01 | 2025-06-30 | Tom Petersen | sales | total | S2
S4 | average_check | increase | 3500 | 5 | percent_change | 2025-01-01 | 2025-12-31 | Anna Vogel | sales | total | S1
S5 | revenue | increase | | {share} | absolute | 2025-01-01 | 2025-06-30 | Mira Schäfer | sales | sales_rep=Mira Schäfer | S1
G0 | revenue | increase | | {missed} | absolute | 2024-01-01 | 2024-12-31 | Katrin Sommer | | total |
M0 | leads | increase | {before} | {reached} | absolute | 2024-07-01 | 2024-12-31 | Lea Hofmann | marketing | total | G0
X1 | brand_love | increase | | | | | | | marketing | total |
"""  # noqa: E501  (a table)
# G0 was missed, M0 reached; X1 is no goal one could check: no known KPI, nobody's, without a date, serving nothing.
HEADER = "target_id kpi direction baseline target unit start_date due_date owner department scope parent_target_id"


def write(folder: Folder, story: Story, rates: FxRates, funnel: Funnel) -> None:
    """`targets.csv`; baselines are what the year before brought, rounded as people do."""
    revenue = _revenue(story, rates, funnel)
    leads = sum(lead.created.year == 2024 for lead in funnel.leads)
    goals = GOALS.format(
        revenue=revenue,
        goal=revenue * 118 // 100,
        missed=revenue * 123 // 100,
        share=revenue * 14 // 100,
        deals=revenue * 118 // 100 // 3400,
        qualified=leads * 41 // 100,
        before=leads * 43 // 100,
        reached=leads * 47 // 100,
    )
    rows = [[cell.strip() for cell in line.split("|")] for line in goals.strip().splitlines()]
    folder.csv("targets.csv", dt.datetime(2025, 1, 8, 9), HEADER, rows)


def _revenue(story: Story, rates: FxRates, funnel: Funnel) -> int:
    """Won amounts of 2024 in whole EUR, rounded to thousands."""
    won = [deal for deal in funnel.deals if deal.won and deal.closed.year == 2024 and deal.closed <= story.export]
    return sum(d.cents * rates.rate(d.currency, d.closed.date()) for d in won) // 100_000_000_000 * 1000
