"""The goals of the demo company: a tree from the year's revenue down to single KPIs, most of them SMART."""

import datetime as dt

from demo.files import Folder
from demo.funnel import Funnel
from demo.fx import FxRates
from demo.story import Story

HEADER = "target_id kpi direction baseline target unit start_date due_date owner department scope parent_target_id"
YEAR = ("2025-01-01", "2025-12-31")
HALF = ("2025-01-01", "2025-06-30")


def write(folder: Folder, story: Story, rates: FxRates, funnel: Funnel) -> None:
    """`targets.csv`; baselines are what the year before brought."""
    revenue, leads = _revenue(story, rates, funnel, 2024), sum(lead.created.year == 2024 for lead in funnel.leads)
    rows: list[list[object]] = [
        [
            "G1",
            "revenue",
            "increase",
            revenue,
            revenue * 118 // 100,
            "absolute",
            *YEAR,
            "Katrin Sommer",
            "",
            "total",
            "",
        ],
        [
            "M1",
            "qualified_leads",
            "increase",
            leads * 38 // 100,
            15,
            "percent_change",
            *YEAR,
            "Lea Hofmann",
            "marketing",
            "total",
            "G1",
        ],
        [
            "M2",
            "cost_per_qualified_lead",
            "decrease",
            155,
            140,
            "absolute",
            *HALF,
            "Lea Hofmann",
            "marketing",
            "total",
            "M1",
        ],
        [
            "M3",
            "ad_cpl",
            "decrease",
            40,
            -10,
            "percent_change",
            *HALF,
            "Lea Hofmann",
            "marketing",
            "channel=Google Ads",
            "M1",
        ],
        ["M4", "market_share", "increase", 0.045, 0.052, "absolute", *YEAR, "Lea Hofmann", "marketing", "total", "G1"],
        [
            "S1",
            "won_deals",
            "increase",
            "",
            round(revenue * 118 / 100 / 3400),
            "absolute",
            *YEAR,
            "Anna Vogel",
            "sales",
            "total",
            "G1",
        ],
        ["S2", "win_rate", "increase", 0.44, 0.47, "absolute", *HALF, "Anna Vogel", "sales", "total", "S1"],
        ["S3", "sla_share", "increase", 0.55, 0.75, "absolute", *HALF, "Tom Petersen", "sales", "total", "S2"],
        ["S4", "average_check", "increase", 3400, 5, "percent_change", *YEAR, "Anna Vogel", "sales", "total", "S1"],
        [
            "S5",
            "revenue",
            "increase",
            "",
            420000,
            "absolute",
            *HALF,
            "Mira Schäfer",
            "sales",
            "sales_rep=Mira Schäfer",
            "S1",
        ],
        # done with: one reached, one missed
        [
            "M0",
            "leads",
            "increase",
            2700,
            3300,
            "absolute",
            "2024-07-01",
            "2024-12-31",
            "Lea Hofmann",
            "marketing",
            "total",
            "G0",
        ],
        [
            "G0",
            "revenue",
            "increase",
            "",
            3600000,
            "absolute",
            "2024-01-01",
            "2024-12-31",
            "Katrin Sommer",
            "",
            "total",
            "",
        ],
        # no goal one could check: no KPI of the catalogue, nobody's, no date, serves nothing
        ["X1", "brand_love", "increase", "", "", "", "", "", "", "marketing", "total", ""],
    ]
    folder.csv("targets.csv", dt.datetime(2025, 1, 8, 9), HEADER, rows)


def _revenue(story: Story, rates: FxRates, funnel: Funnel, year: int) -> int:
    """Won amounts of the year in whole EUR, rounded to thousands."""
    won = [deal for deal in funnel.deals if deal.won and deal.closed.year == year and deal.closed <= story.export]
    return sum(d.cents * rates.rate(d.currency, d.closed.date()) for d in won) // 100_000_000_000 * 1000
