"""Every check stays silent on good data and fires on data spoilt in the way it is there for."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from data_checks.results import CheckResult
from data_checks.run import known_checks
from data_checks.suites import ALL
from orchestration.settings import Check

Spoil = Callable[..., dict[str, CheckResult]]


def later_file(columns: str) -> str:
    """SQL: a second file of leads is landed, with these columns (name, kind); the first has Id and Created."""
    return f"""
        insert into landing.files select * replace (9 as load_id, 'b.csv' as file) from landing.files where load_id = 1;
        insert into landing.file_columns select 9, 'sheets', 'leads', '', 'b.csv', name, kind, false
        from (values {columns}) as columns (name, kind)
    """


# check -> SQL that spoils the good warehouse, and how many rows, days or members are then not as expected
SPOILT = {
    "leads_key": ("update intermediate.int_leads set lead_key = 'crm:L0' where lead_key = 'crm:L1'", 2),
    "leads_required": ("update intermediate.int_leads set channel = null where lead_key = 'crm:L1'", 1),
    "leads_values": ("update intermediate.int_leads set created_date = '2031-01-01' where lead_key = 'crm:L1'", 1),
    "leads_duplicates": ("update intermediate.int_leads set duplicate_of = 'crm:gone' where lead_key = 'crm:L1'", 1),
    "leads_none_lost": ("delete from intermediate.int_leads where lead_key in ('crm:L1', 'crm:L2')", 2),
    "leads_nothing_kept": ("delete from intermediate.int_leads", 2),
    "leads_refused_share": (
        """insert into intermediate.int_quarantine select 'leads', 'crm', 'leads', 'leads.csv', 1, i + 2, 'x', 'y', 'z'
        from range(20) as t (i)""",
        1,
    ),
    "leads_freshness": ("delete from intermediate.int_leads where created_date > '2025-06-20'", 1),
    # 30 leads more on Sunday 29 June, where Sundays have had 3: (33 - 3) / sqrt(3) = 17.3 deviations
    "leads_volume": (
        """insert into intermediate.int_leads select * from intermediate.int_leads where lead_key = 'crm:L0' union all
        select leads.* from (from intermediate.int_leads where lead_key = 'crm:L0') as leads, range(29)""",
        1,
    ),
    "leads_channel_unmapped": (
        "update intermediate.int_leads set channel = 'unmapped' where created_date > '2025-06-23'",
        18,
    ),
    "leads_stage_unmapped": ("update intermediate.int_leads set stage = 'Limbo' where lead_key < 'crm:L2'", 1),
    "spend_key": ("update intermediate.int_ad_spend set spend_key = null where date = '2025-06-01'", 1),
    "spend_required": ("update intermediate.int_ad_spend set date = null where date = '2025-06-01'", 1),
    "spend_range": ("update intermediate.int_ad_spend set clicks = -1 where date = '2025-06-01'", 1),
    "spend_future": ("update intermediate.int_ad_spend set date = '2025-12-01' where date = '2025-06-12'", 1),
    # 100 EUR of one day stand in two files
    "spend_in_two_files": (
        """insert into intermediate.int_ad_spend__judged select * replace ('spend (1).csv' as _file)
        from intermediate.int_ad_spend__judged where first_day = '2025-06-12'""",
        1,
    ),
    "costs_in_two_files": (
        """insert into intermediate.int_marketing_costs__judged select * replace ('costs (1).csv' as _file)
        from intermediate.int_marketing_costs__judged""",
        1,
    ),
    # 100 USD are 90 EUR, not 100
    "spend_converted": ("update intermediate.int_ad_spend set currency = 'USD' where date = '2025-06-12'", 1),
    "fx_rates": ("update intermediate.int_fx_rates_daily set rate = 0 where date = '2025-06-12'", 1),
    "costs_required": ("update intermediate.int_marketing_costs set amount = null where cost_key = 'k1'", 1),
    "spend_nothing_kept": ("delete from intermediate.int_ad_spend", 1),
    "costs_nothing_kept": ("delete from intermediate.int_marketing_costs", 1),
    "spend_refused_share": (
        """insert into intermediate.int_quarantine
        select 'ad_spend', 'crm', 'ad_spend', 'spend.csv', 1, i + 2, 'x', 'y', 'z' from range(6) as t (i)""",
        1,
    ),
    "costs_refused_share": (
        """insert into intermediate.int_marketing_costs__rows by name
        select 'crm' as source, 'costs.csv' as _file, i + 3 as _row, 1 as _load_id, 1 as amount from range(99) as t (i);
        insert into intermediate.int_quarantine
        select 'marketing_costs', 'crm', 'marketing_costs', 'costs.csv', 1, i + 2, 'x', 'y', 'z'
        from range(6) as t (i)""",
        1,
    ),
    "spend_freshness": ("delete from intermediate.int_ad_spend where date > '2025-06-26'", 1),
    # 161 EUR where 100 are usual and never differ: 61 / max(1.4826 * 0, 10 % of 100) = 6.1 deviations
    "spend_anomaly": ("update intermediate.int_ad_spend set spend = 161 where date = '2025-06-25'", 1),
    "spend_volume": (
        """insert into intermediate.int_ad_spend
        select spend.* from (from intermediate.int_ad_spend where date = '2025-06-25') as spend, range(9)""",
        1,
    ),
    "spend_gaps": ("delete from intermediate.int_ad_spend where date = '2025-06-20'", 1),
    # another source says the same of three days: by the id of the campaign, though it calls the account otherwise
    "spend_delivered_twice": (
        """insert into intermediate.int_ad_spend
        select * replace ('google_api' as source, 'Acme' as account_id, spend_key || 'b' as spend_key)
        from intermediate.int_ad_spend where date > '2025-06-25' and date < '2025-06-29'""",
        1,
    ),
    "spend_channel_unmapped": (
        "update intermediate.int_ad_spend set channel = 'unmapped' where date > '2025-06-23'",
        6,
    ),
    "leads_shared_contacts": (
        "insert into intermediate.int_shared_contacts values ('info', 4, 4), ('filler of one', 2, 1)", 1
    ),
    "leads_before_history": (
        "update intermediate.int_leads set created_date = '1899-12-30' where lead_key = 'crm:L1'", 1
    ),
    "leads_constant_date": ("insert into intermediate.int_constant_dates values ('crm', '2025-06-01', 300)", 1),
    "spend_before_history": ("update intermediate.int_ad_spend set date = '1989-12-31' where date = '2025-06-12'", 1),
    "costs_before_history": (
        "update intermediate.int_marketing_costs set date = '1989-12-31' where cost_key = 'k1'", 1
    ),
    "costs_negative": ("update intermediate.int_marketing_costs set amount = -1 where cost_key = 'k1'", 1),
    "deals_before_history": (
        "update intermediate.int_deals set created_date = '1900-01-01' where deal_key = 'crm:DL0'", 1
    ),
    "refunds_before_history": ("update intermediate.int_refunds set refunded_date = '1900-01-01'", 1),
    "deals_negative": ("update intermediate.int_deals set amount = -500 where deal_key = 'crm:DL0'", 1),
    "refunds_negative": ("update intermediate.int_refunds set amount = -77", 1),
    "spend_clicks_over_impressions": ("update intermediate.int_ad_spend set clicks=2000 where date < '2025-03-27'", 5),
    "costs_content_without_channel": ("update intermediate.int_marketing_costs set channel = 'unattributed'", 10),
    "deals_key": ("update intermediate.int_deals set deal_key = null where deal_key = 'crm:DL0'", 1),
    "deals_required": ("update intermediate.int_deals set owner = null where deal_key = 'crm:DL0'", 1),
    "deals_values": ("update intermediate.int_deals set closed_date = null where deal_key = 'crm:DL0'", 1),
    "deals_converted": ("update intermediate.int_deals set amount = null where deal_key = 'crm:DL0'", 1),
    "deal_lines_share": ("update intermediate.int_deal_lines set share = 0.5 where deal_key = 'crm:DL0'", 1),
    "deal_lines_key": ("update intermediate.int_deal_lines set line_id = null where deal_key = 'crm:DL0'", 1),
    "refunds_key": ("update intermediate.int_refunds set refunded_date = null", 1),
    "credits_sum": ("delete from intermediate.int_attribution_credits where deal_key = 'crm:DL0'", 1),
    "deals_none_lost": ("update intermediate.int_deals set deal_key = 'crm:new' where deal_key = 'crm:DL0'", 2),
    "deals_nothing_kept": ("delete from intermediate.int_deals", 1),
    "refunds_nothing_kept": ("delete from intermediate.int_refunds", 1),
    "deals_refused_share": (
        """insert into intermediate.int_quarantine select 'deals', 'crm', 'deals', 'big.csv', 1, i, 'x', 'y', 'z'
        from range(100) as t (i)""",
        1,
    ),
    "deals_freshness": ("delete from intermediate.int_deals where created_date > '2025-06-10'", 1),
    "deals_volume": (
        """insert into intermediate.int_deals
        select deals.* from (from intermediate.int_deals where deal_key = 'crm:DL0') as deals, range(29)""",
        1,
    ),
    "deals_stage_unmapped": ("update intermediate.int_deals set stage = 'Limbo', flags = 'unmapped_stage'", 1),
    "deals_closed_before_created": ("update intermediate.int_deals set closed_date = '2025-01-01'", 30),
    "deals_closing_estimated": (
        "update intermediate.int_deals set closed_at_is_estimated = true where deal_key = 'crm:DL0'",
        1,
    ),
    "deals_won_without_amount": ("update intermediate.int_deals set amount = null where deal_key = 'crm:DL0'", 1),
    "keys_shared_between_blocks": (
        "insert into intermediate.int_shared_keys values ('leads', 'crm', '1', 'a.csv', 'b.csv', false)",
        1,
    ),
    "keys_repeated_between_blocks": (
        "insert into intermediate.int_shared_keys values ('leads', 'crm', '1', 'a.csv', 'b.csv', true)",
        1,
    ),
    "links_ambiguous": ("insert into intermediate.int_links values ('leads', 'crm', '1', true)", 1),
    # 7 of 30: more than a fifth
    "deals_without_lead": ("update intermediate.int_deals set lead_key = null where created_date > '2025-06-08'", 7),
    "deals_unknown_lead": (
        "update intermediate.int_deals set lead_key = null, lead_is_unknown = true where created_date > '2025-06-08'",
        7,
    ),
    "results_key": ("update intermediate.int_daily_results set leads = -1 where result_key = '1'", 1),
    # the CRM has leads of the channel and campaign in June, and won deals
    "results_beside_records": (
        """update intermediate.int_daily_results set channel = 'Google Ads', campaign = 'Brand', leads_count = true
        where result_key in ('1', '2')""",
        2,
    ),
    "results_nothing_kept": ("delete from intermediate.int_daily_results", 1),
    "results_refused_share": (
        """insert into intermediate.int_quarantine select 'daily_results', 'agency', 'daily_results', 'sums.csv', 8, i,
        'x', 'y', 'z' from range(2, 7) as t (i)""",
        1,
    ),
    # another report says the same of ten days
    "results_twice": (
        """update intermediate.int_daily_results set leads_count = true;
        insert into intermediate.int_daily_results
        select * replace ('sheet' as source, 'b' || result_key as result_key) from intermediate.int_daily_results""",
        1,
    ),
    "results_without_quality": (
        "update intermediate.int_daily_results set leads_count = true, qualified_leads = null where result_key < '3'",
        3,
    ),
    "kpi_key": ("insert into mart.kpi_by_product from mart.kpi_by_product where grain = 'year'", 1),
    "kpi_gaps": ("delete from mart.kpi_total where grain = 'day' and period_start = '2025-06-20'", 1),
    "kpi_shares": ("update mart.kpi_total set win_rate = 1.5 where grain = 'year'", 1),
    # of the year, the company and its channel: one lead more, and a stage that nobody shows
    "kpi_funnel": (
        """update mart.funnel_cohorts set entered = entered + 1 where grain = 'year' and stage = 'qualified';
        delete from mart.funnel_cohorts where grain = 'year' and stage = 'won'""",
        4,
    ),
    # leads and impressions of the grain year against those of the four others
    "kpi_grains_agree": ("update mart.kpi_total set leads = 7, impressions = 7 where grain = 'year'", 10),
    "kpi_by_channel_sum": ("update mart.kpi_by_channel set ad_spend = 1 where grain = 'year'", 1),
    # a day without sale: leads, 3 stages, deals and pipeline created, impressions, clicks, spend, cost and profit
    "kpi_by_campaign_sum": (
        "delete from mart.kpi_by_campaign where grain = 'day' and period_start = '2025-06-01'",
        11,
    ),
    "kpi_by_sales_rep_sum": ("update mart.kpi_by_sales_rep set revenue = revenue + 0.01 where grain = 'year'", 1),
    "kpi_by_product_sum": ("update mart.kpi_by_product set units_sold = 0 where grain = 'year'", 1),
    # one cent
    "spend_from_raw": ("update mart.fct_ad_spend set spend_source = 100.01 where date = '2025-06-01'", 1),
    "revenue_from_raw": ("update mart.fct_deals set amount_source = 999.99 where deal_key = 'crm:DL0'", 1),
    "refunds_from_raw": ("update intermediate.int_refunds set amount_source = 100.01", 1),
    "costs_from_raw": ("update intermediate.int_marketing_costs set amount_source = 9.99 where cost_key = 'k1'", 1),
    "costs_shared_out": ("update mart.fct_marketing_cost set amount = 9.99 where cost_key = 'k1'", 1),
    "leads_from_raw": ("update mart.fct_leads set counts = false where lead_key = 'crm:L1'", 1),
    "results_from_raw": ("update mart.fct_daily_results set leads = 6 where result_key = '1'", 1),
    "kpi_from_facts": ("update mart.kpi_total set revenue = revenue + 0.01 where period_start = '2025-06-20'", 1),
    "rows_balance": ("update landing.files set rows_landed = 300", 1),
    "sources_balance": ("update _meta.sources set rows_kept = 301", 1),
    "raw_complete": ("delete from raw_sheets.leads where range = 7", 1),
    "people_in_clear": (
        "update mart.fct_deals set stage = case day(closed_date) % 4 when 0 then 'ask ann@example.com' when 1 then "
        "'Ann Abel' when 2 then '+49 151 0000001' else '491510000001' end", 3
    ),
    "files_refused": ("insert into landing.refused_files values ('sheets', 'leads', 'b.csv', now(), 'no lead_id')", 1),
    "totals_doubted": ("update landing.files set totals_doubted = 1", 1),
    "refunds_dated_by_order": ("update intermediate.int_refunds set refunded_at_is_estimated = true", 1),
    "currency_doubted": ("update landing.files set currency_doubt = '12 amounts bear $ and count as EUR'", 1),
    "columns_new": (later_file("('id', 'text'), ('CREATED', null), ('Mood', 'text')"), 1),
    "columns_missing": (later_file("('Id', 'text')"), 1),
    "columns_changed": (later_file("('Id', 'text'), ('Created', 'number')"), 1),
}  # fmt: skip


def test_good_data_passes_every_check(check: Spoil) -> None:
    results = check("select 1")
    assert [result.message for result in results.values() if not result.success] == []
    assert sorted(results) == known_checks()


@pytest.mark.parametrize("name", SPOILT)
def test_fires_on_bad_data(check: Spoil, name: str) -> None:
    sql, unexpected = SPOILT[name]
    result = check(sql, name)[name]
    assert not result.success
    assert result.unexpected_count == unexpected, result.message
    assert result.samples


def test_every_check_but_the_counts_has_its_bad_data() -> None:
    counts = {check.name for checks in ALL.values() for check in checks if check.severity == "info"}
    assert set(known_checks()) - counts == set(SPOILT)


def test_a_workspace_decides_how_much_is_too_much(check: Spoil) -> None:
    spoilt = "update intermediate.int_leads set channel = 'unmapped' where created_date > '2025-06-23'"
    # 18 of 300 leads: 6 %
    default = check(spoilt, "leads_channel_unmapped")["leads_channel_unmapped"]
    assert (default.severity, default.success, default.observed) == ("warning", False, 0.06)
    strict = check("select 1", "leads_channel_unmapped", leads_channel_unmapped=Check(severity="critical"))
    assert strict["leads_channel_unmapped"].blocks
    lax = check("select 1", "leads_channel_unmapped", leads_channel_unmapped=Check(threshold="0.06"))
    assert lax["leads_channel_unmapped"].success


def test_tolerated_rows_pass_up_to_the_threshold(check: Spoil) -> None:
    spoilt = "insert into landing.refused_files select 'sheets', 'leads', 'b' || i, now(), '' from range(2) as t (i)"
    assert check(spoilt, "files_refused", files_refused=Check(threshold="2"))["files_refused"].success
    assert not check("select 1", "files_refused", files_refused=Check(threshold="1"))["files_refused"].success


def test_what_an_empty_entity_has_nothing_to_check_of_has_not_passed(check: Spoil) -> None:
    empty = """
        delete from intermediate.int_leads__rows; delete from intermediate.int_leads;
        delete from intermediate.int_quarantine
    """
    results = check(empty)
    leads = {name: r for name, r in results.items() if r.suite == "leads"}
    assert {result.verdict for result in leads.values()} == {"nothing_to_check"}
    assert leads["leads_key"].message == "Every lead has a key of its own; no rows, nothing to check"
    # what lists mistakes is as it should be where it is empty
    assert {results[name].verdict for name in ("files_refused", "rows_quarantined")} == {"passed"}


def test_a_share_of_no_rows_has_nothing_to_check(check: Spoil) -> None:
    no_win = "update intermediate.int_deals set counts_won = false"
    result = check(no_win, "deals_won_without_amount")["deals_won_without_amount"]
    assert (result.verdict, result.observed) == ("nothing_to_check", None)
    assert result.message == "Won deals have an amount; nothing to measure, nothing to check"


def test_a_file_that_nothing_could_be_read_from_counts_as_nothing_kept(check: Spoil) -> None:
    spoilt = """
        delete from intermediate.int_leads__rows; delete from intermediate.int_leads;
        delete from intermediate.int_quarantine;
        insert into landing.refused_files values ('sheets', 'leads', 'b.csv', now(), 'no column lead_id')
    """
    result = check(spoilt, "leads_nothing_kept")["leads_nothing_kept"]
    assert result.blocks
    assert result.samples == [{"what": "refused files", "refused": 1}]


@pytest.mark.parametrize(
    ("other", "twice"),
    [
        ("'GOOGLE' as platform, 'c2' as campaign_id", True),  # the same name in the same account
        ("null as campaign_id, '(none)' as campaign", True),  # the account as a whole
        ("'1-2' as account_id, null as campaign_id", True),
        ("'c2' as campaign_id, 'Summer' as campaign", False),
        ("'34' as account_id, 'c2' as campaign_id", False),  # two accounts may each have a campaign Brand
        ("'meta' as platform", False),
        ("0 as spend", False),
        ("false as counts", False),
    ],
)
def test_spend_of_one_campaign_from_two_sources(check: Spoil, other: str, twice: bool) -> None:
    second = f"""
        insert into intermediate.int_ad_spend
        select * replace ('report' as source, spend_key || 'b' as spend_key, {other}) from intermediate.int_ad_spend
        where date >= '2025-06-28'
    """
    result = check(second, "spend_delivered_twice")["spend_delivered_twice"]
    assert result.success is not twice
    # 28 and 29 June, 100 euros each
    found = [(row["source"], row["other_source"], row["days"], float(row["spend"])) for row in result.samples]
    assert found == ([("crm", "report", 2, 200.0)] if twice else [])


def test_spend_at_several_levels_is_reconciled_at_the_campaign_level(check: Spoil) -> None:
    levels = """
        insert into intermediate.int_ad_spend__rows by name
        select 'meta' as source, date '2025-06-01' as date, 5 as spend, 'EUR' as currency, 'campaign' as spend_level,
            'm.csv' as _file, 1 as _row, 7 as _load_id
        union all select 'meta', date '2025-06-01', 5, 'EUR', 'ad', 'n.csv', 1, 8;
        insert into mart.fct_ad_spend (source, currency, spend_source) values ('meta', 'EUR', 5)
    """
    assert check(levels, "spend_from_raw")["spend_from_raw"].success


def test_a_deal_without_amount_is_worth_its_lines(check: Spoil) -> None:
    # the lines of DL0 are 400 and 3 x 200
    no_amount = "update intermediate.int_deals__rows set amount = null where deal_id = 'DL0'"
    assert check(no_amount, "revenue_from_raw")["revenue_from_raw"].success


def test_of_two_sheets_of_a_workbook_the_refused_row_is_left_out_and_the_other_counts(check: Spoil) -> None:
    # line 2 of both sheets: one of 100 EUR is kept (as in the good warehouse), one of 70 EUR was refused
    two_sheets = """
        insert into intermediate.int_marketing_costs__rows by name
        select 'crm' as source, 'costs.csv' as _file, 2 as _row, 2 as _load_id, 70 as amount, 'EUR' as currency;
        insert into intermediate.int_quarantine
        select 'marketing_costs', 'crm', 'marketing_costs', 'costs.csv', 2, 2, 'amount', 'x', 'no number'
    """
    assert check(two_sheets, "costs_from_raw")["costs_from_raw"].success


def test_of_a_file_read_twice_the_refused_lead_is_left_out_and_the_other_counts(check: Spoil) -> None:
    # line 2 gave lead L0, kept, and through another mapping lead X0, refused
    twice = """
        insert into intermediate.int_leads__rows select 'crm', 'X0', null, 'fresh', null, false, 'leads.csv', 2, 2;
        insert into intermediate.int_quarantine
        select 'leads', 'crm', 'leads', 'leads.csv', 2, 2, 'created_at', 'x', 'no time'
    """
    results = check(twice, "leads_from_raw", "leads_none_lost")
    assert [result.message for result in results.values() if not result.success] == []


def test_a_small_file_may_lose_some_rows_but_not_half(check: Spoil) -> None:
    """Of costs.csv one row is kept: with one refused half is lost; of four rows one may be refused."""
    refused = """insert into intermediate.int_quarantine
        select 'marketing_costs', 'crm', 'marketing_costs', 'costs.csv', 1, 3, 'amount', 'x', 'no number'"""
    more = """insert into intermediate.int_marketing_costs__rows by name
        select 'crm' as source, 'costs.csv' as _file, i + 4 as _row, 1 as _load_id, 1 as amount
        from range(2) as t (i);"""
    assert not check(refused, "costs_refused_share")["costs_refused_share"].success
    assert check(f"{more}{refused}", "costs_refused_share")["costs_refused_share"].success


@pytest.mark.parametrize(
    ("amounts", "passes"),
    [(("0", "0", "0", "900"), False), (("5", "0", "0", "900"), True), (("0", "0", "0", "null"), False)],
)
def test_a_small_file_may_not_lose_all_of_its_money(check: Spoil, amounts: tuple[str, ...], passes: bool) -> None:
    """One row of four is refused, a quarter: it held all the money, all but 5 EUR, an amount that can't be read."""
    rows = " union all ".join(
        f"select 'crm' as source, 'march.csv' as _file, {line} as _row, 4 as _load_id, {amount} as amount"
        for line, amount in enumerate(amounts, start=2)
    )
    small = f"""
        insert into intermediate.int_marketing_costs__rows by name {rows};
        insert into intermediate.int_quarantine
        select 'marketing_costs', 'crm', 'marketing_costs', 'march.csv', 4, 5, 'amount', 'x', 'no number'
    """
    assert check(small, "costs_refused_share")["costs_refused_share"].success is passes


def test_a_threshold_of_the_workspace_holds_for_small_files_too(check: Spoil) -> None:
    """Of four rows one is refused: allowed by itself, not where the workspace says a tenth."""
    small = """
        insert into intermediate.int_marketing_costs__rows by name
        select 'crm' as source, 'march.csv' as _file, i + 2 as _row, 4 as _load_id, 1 as amount from range(4) as t (i);
        insert into intermediate.int_quarantine
        select 'marketing_costs', 'crm', 'marketing_costs', 'march.csv', 4, 5, 'month', 'x', 'no month'
    """
    given = Check(threshold=Decimal("0.1"))
    assert not check(small, "costs_refused_share", costs_refused_share=given)["costs_refused_share"].success
