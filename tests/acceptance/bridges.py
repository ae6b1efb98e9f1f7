"""Contributions of a bridge beside the change of its KPI, for the company and each channel, for every comparison."""

# of `{kpi}`: grain, comparison, dimension, number of bridges, and by how much the worst one misses the change
LEVELS = """
    with levels as (
        select grain, period_start, 'total' as dimension, cast(null as varchar) as channel, {kpi} as value
        from kpi_total
        union all
        select grain, period_start, 'channel' as dimension, channel, {kpi} as value from kpi_by_channel
    ),
    bridges as (
        select grain, comparison, dimension, channel, period_start, base_period_start,
            sum(contribution) as contribution
        from kpi_bridge where kpi = '{kpi}' group by all
    )
    select bridges.grain, bridges.comparison, bridges.dimension, count(*),
        max(abs(bridges.contribution - (coalesce(later.value, 0) - coalesce(earlier.value, 0))))
    from bridges
    left join levels as later
        on bridges.grain = later.grain and bridges.period_start = later.period_start
        and bridges.dimension = later.dimension and bridges.channel is not distinct from later.channel
    left join levels as earlier
        on bridges.grain = earlier.grain and bridges.base_period_start = earlier.period_start
        and bridges.dimension = earlier.dimension and bridges.channel is not distinct from earlier.channel
    group by bridges.grain, bridges.comparison, bridges.dimension
"""
