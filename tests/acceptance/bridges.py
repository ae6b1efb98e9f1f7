"""Contributions of a bridge beside the change of its KPI, for the company and each channel, for every comparison."""

# of `{kpi}`: grain, comparison, dimension, number of bridges, and by how much the worst one misses the change
LEVELS = """
    with bridges as (
        select grain, comparison, dimension, coalesce(channel, 'total') as member, period_start,
            sum(contribution) as contribution
        from kpi_bridge where kpi = '{kpi}' group by all
    )
    select bridges.grain, bridges.comparison, bridges.dimension, count(*),
        max(round(abs(
            cast(bridges.contribution as double) - coalesce(levels.value, 0) + coalesce(levels.base_value, 0)
        ), 7))
    from bridges
    left join kpi_comparison as levels
        on levels.kpi = '{kpi}' and bridges.grain = levels.grain and bridges.period_start = levels.period_start
        and bridges.dimension = levels.dimension and bridges.member = levels.member
        and bridges.comparison = levels.comparison
    group by bridges.grain, bridges.comparison, bridges.dimension
"""
