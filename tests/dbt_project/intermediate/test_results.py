"""Sums beside records: what the CRM has is shown, what it hasn't counts, spread over the days it stands for."""

from tests.dbt_project.intermediate.world import World


def test_sums_count_where_the_crm_has_no_records(world: World) -> None:
    """Of January the CRM has leads of the channel, of May none; its lead of June names no channel, so it may be any."""
    rows = world.ask("""
        select strftime(date, '%m-%d'), channel, campaign, leads, qualified_leads, won_deals, won_amount, cost_of_goods
        from int_kpi_results order by date, channel""")

    assert [(*row[:6], *(None if money is None else float(money) for money in row[6:])) for row in rows] == [
        ("05-10", "Own name", "(none)", 4, 1, 2, 300, 150),
        ("05-30", "Radio", "Spots", 2, 1, 1, 25.01, 12.51),
        ("05-31", "Radio", "Spots", 2, 1, 0, 25, 12.5),
        ("06-01", "Radio", "Spots", None, None, 0, 25, 12.5),
        ("06-02", "Radio", "Spots", None, None, 0, 25, 12.5),
    ]


def test_every_sum_is_kept_whether_it_counts_or_not(world: World) -> None:
    kept = "select sum(leads), sum(won_deals), sum(revenue) from int_daily_results"
    assert [tuple(map(float, row)) for row in world.ask(kept)] == [(25, 3, 400.01)]
