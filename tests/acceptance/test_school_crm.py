"""Half a year of an online school: a workspace of YAML alone over an export whose rows are both lead and deal."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tests.acceptance.bridges import LEVELS
from tests.acceptance.curves import assert_curves_are_those_of_lifelines
from tests.acceptance.levers import compare_with_published
from tests.acceptance.published import Published
from tests.reordered import EVERY_FIGURE, shuffle_and_split
from tests.shared_data import shared_data

SETTINGS = """
company: Online school
reporting: {currency: EUR, timezone: Europe/Berlin, today: 2024-06-22}
sources:
  sheets:
    - entity: leads
      files: extracts/deals*.csv
      formats: &german {date: "%d.%m.%Y", timestamp: "%d.%m.%Y %H:%M", decimal: ",", thousands: "."}
      fields: {lead_id: Id, created_at: Created Time, owner: Deal Owner Name, stage: Stage, lead_quality: Quality,
               disqualified_reason: Lost Reason, response_seconds: SLA, channel: Source, campaign_name: Campaign,
               utm_content: Content, utm_term: Term, landing_page: Page, product: Product, person_id: Contact Name}
    - entity: deals
      files: extracts/deals*.csv
      formats: *german
      fields: {deal_id: Id, lead_id: Id, created_at: Created Time, closed_at: Closing Date, owner: Deal Owner Name,
               stage: Stage, lost_reason: Lost Reason, amount: Offer Total Amount, product: Product, channel: Source,
               campaign_name: Campaign, person_id: Contact Name}
    - entity: ad_spend
      files: extracts/spend*.csv
      formats: {date: "%Y-%m-%d %H:%M:%S"}
      fields: {date: Date, channel: Source, campaign_name: Campaign, ad_group_name: AdGroup, ad_name: Ad,
               impressions: Impressions, clicks: Clicks, spend: Spend}
stages: {Payment Done: won, Lost: lost, Call Delayed: contacted, Registered on Webinar: contacted,
         Waiting For Payment: opportunity, Qualificated: qualified, Registered on Offline Day: contacted,
         Need to Call: new, Need to Call - Sales: qualified, Need a consultation: contacted,
         Test Sent: qualified, New Lead: new, Free Education: lost}
qualified_when: {lead_quality: ["A - High", "B - Medium", "C - Low"]}
leads: {deduplicate_days: 0}
"""
RULES = """
duplicate_when: {disqualified_reason: [Duplicate]}
test_when: {channel: [Test]}
"""


def make_workspace(folder: Path, settings: str) -> Path:
    """Settings and a copy of the export in `folder`; returns it."""
    shutil.copytree(shared_data("school_crm"), folder / "extracts")
    (folder / "extracts").chmod(0o755)  # the real extracts are read-only
    (folder / "funnelmart.yml").write_text(settings)
    return folder


@pytest.fixture(scope="module")
def mart(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return Published(make_workspace(tmp_path_factory.mktemp("school") / "workspace", SETTINGS))


@pytest.fixture(scope="module")
def mart_with_rules(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return Published(make_workspace(tmp_path_factory.mktemp("school_rules") / "workspace", SETTINGS + RULES))


def test_totals_over_the_whole_history(mart: Published) -> None:
    assert mart.rows(
        "select sum(leads), sum(won_deals), sum(revenue), sum(ad_spend) from kpi_total where grain = 'year'"
    ) == [(8174, 407, Decimal("3139100.00"), Decimal("58691.76"))]


def test_one_channel(mart: Published) -> None:
    """Facebook Ads by its leads' own channel; spend by the Source column of the spend export."""
    assert mart.rows(
        """select sum(leads), sum(won_deals), sum(revenue), sum(ad_spend) from kpi_by_channel
        where grain = 'year' and channel = 'Facebook Ads'"""
    ) == [(2256, 111, Decimal("895200.00"), Decimal("13474.91"))]


def test_leads_by_month(mart: Published) -> None:
    found = mart.rows(
        """select leads from kpi_total where grain = 'month' and period_start between '2023-07-01' and '2023-12-01'
        order by period_start"""
    )
    assert [row[0] for row in found] == [654, 1085, 1079, 1598, 1947, 1811]


def test_estimated_closing_dates_and_missing_amounts_are_flagged(mart: Published) -> None:
    assert mart.rows(
        """select count(*), count(*) filter (where closed_at_is_estimated), count(*) filter (where amount is null)
        from fct_deals where counts_won"""
    ) == [(407, 154, 15)]


def test_the_row_without_an_id_is_refused_once_for_each_entity(mart: Published) -> None:
    """As a lead it also lacks the time it would be counted by; a row with two reasons is still one row."""
    assert mart.rows("select entity, line, column_name, reason from _meta.quarantine order by all") == [
        ("deals", 8177, "deal_id", "no key"),
        ("leads", 8177, "created_at", "required time is missing"),
        ("leads", 8177, "lead_id", "no key"),
    ]


def test_every_row_read_is_accounted_for(mart: Published) -> None:
    rows = mart.rows(
        """select "table", rows_in, rows_kept, rows_refused, rows_replaced, rows_filtered, rows_empty
        from _meta.sources where "table" in ('leads', 'deals', 'ad_spend') order by 1"""
    )
    assert [row[1] - sum(row[2:]) for row in rows] == [0, 0, 0]
    assert [row for row in rows if row[0] == "leads"] == [("leads", 8176, 8174, 1, 0, 0, 1)]


def test_duplicates_and_tests_leave_the_kpis_but_stay_visible(mart: Published, mart_with_rules: Published) -> None:
    is_marked = "(disqualified_reason = 'Duplicate' or channel = 'Test')"
    [(marked,)] = mart.rows(f"select count(*) from fct_leads where {is_marked}")
    [(unmarked,)] = mart.rows(f"select count(*) from fct_leads where not coalesce({is_marked}, false)")
    assert marked > 0
    assert mart_with_rules.rows("select sum(leads) from kpi_total where grain = 'year'") == [(unmarked,)]
    assert mart_with_rules.rows("select count(*), count(*) filter (where counts) from fct_leads") == [(8174, unmarked)]


def test_bridges_sum_to_the_change_of_revenue_to_the_cent(mart: Published) -> None:
    """Any month against the month before; likewise each channel, quarter and year, and against a year before."""
    found = mart.rows(LEVELS.format(kpi="revenue"))
    [(months,)] = mart.rows("select count(*) from kpi_total where grain = 'month' and revenue <> 0")
    [total] = [bridges for *view, bridges, _ in found if view == ["month", "previous_period", "total"]]
    assert total >= months
    assert len(found) == 3 * 2 * 2  # grains, comparisons, total and channels
    assert [row for row in found if row[-1] != 0] == []


def test_whose_lever_it_was_is_what_plain_python_says(mart: Published) -> None:
    every = "select distinct grain, period_start, comparison from kpi_bridge where kpi = 'revenue' and channel is null"
    assert compare_with_published(mart.rows) == len(mart.rows(every)) > 20


def test_the_youngest_cohort_is_no_drop_at_the_age_it_has_reached(mart: Published) -> None:
    # the share won within 60 days, of leads seen for 60 days: December is within the range of the months before
    by_month = dict(
        mart.rows("""
        select period_start::varchar, max(conversion) from conversion_curves
        where grain = 'month' and dimension = 'total' and age_days <= 60 group by period_start""")
    )
    december = by_month.pop("2023-12-01")
    assert min(by_month.values()) <= december <= max(by_month.values())


@pytest.mark.parametrize("age", [7, 30, 60, 180])
def test_november_lies_within_decembers_interval_at_the_same_age(mart: Published, age: int) -> None:
    [(low, high, november)] = mart.rows(f"""
        select max(conversion_low) filter (where period_start = '2023-12-01'),
            max(conversion_high) filter (where period_start = '2023-12-01'),
            max(conversion) filter (where period_start = '2023-11-01')
        from conversion_curves where grain = 'month' and dimension = 'total' and age_days <= {age}""")
    assert low <= november <= high


def test_curves_and_their_intervals_are_those_of_lifelines(mart: Published) -> None:
    assert assert_curves_are_those_of_lifelines(mart.rows) > 30


def test_the_same_rows_shuffled_and_split_over_files_give_the_same_figures(mart: Published, tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "workspace", SETTINGS)
    assert len(shuffle_and_split(workspace / "extracts" / "deals.csv", parts=3)) == 3
    assert len(shuffle_and_split(workspace / "extracts" / "spend.csv", parts=4, together=["Date"])) == 4
    split = Published(workspace)
    for table, figures in EVERY_FIGURE.items():
        assert split.rows(figures) == mart.rows(figures), table
