-- Change of the average check: mix (more deals where checks are higher) and change within, over channels for the total
-- and over campaigns for each channel.
with channels as (
    select * from {{ ref('int_bridge_channels') }}
),

campaigns as (
    select * from {{ ref('int_bridge_campaigns') }}
),

children as (
    select
        grain,
        period_start,
        comparison,
        base_period_start,
        is_complete,
        'total' as dimension,
        cast(null as varchar) as channel,
        won_deals_with_amount_before as deals_before,
        won_deals_with_amount_after as deals_after,
        won_amount_before as amount_before,
        won_amount_after as amount_after
    from channels
    union all
    select
        grain,
        period_start,
        comparison,
        base_period_start,
        is_complete,
        'channel' as dimension,
        channel,
        won_deals_with_amount_before as deals_before,
        won_deals_with_amount_after as deals_after,
        won_amount_before as amount_before,
        won_amount_after as amount_after
    from campaigns
),

shares as (
    select
        *,
        deals_before / nullif(sum(deals_before) over member, 0) as share_before,
        deals_after / nullif(sum(deals_after) over member, 0) as share_after,
        sum(amount_before) over member / nullif(sum(deals_before) over member, 0) as kpi_before,
        sum(amount_after) over member / nullif(sum(deals_after) over member, 0) as kpi_after,
        -- who sells on one side only has the same check on both: coming and going is mix, not a change of check
        coalesce(amount_before / nullif(deals_before, 0), amount_after / nullif(deals_after, 0)) as check_before,
        coalesce(amount_after / nullif(deals_after, 0), amount_before / nullif(deals_before, 0)) as check_after
    from children
    window member as (partition by grain, period_start, comparison, dimension, channel)
),

members as (
    select
        grain,
        period_start,
        comparison,
        base_period_start,
        is_complete,
        dimension,
        channel,
        max(kpi_before) as kpi_before,
        max(kpi_after) as kpi_after,
        -- decimals: a sum of floats depends on the order of rows, and then so might a cent
        sum(cast((share_after - share_before) * (check_before + check_after) / 2 as decimal(38, 12))) as mix,
        sum(cast((check_after - check_before) * (share_before + share_after) / 2 as decimal(38, 12))) as within
    from shares
    where check_before is not null and kpi_before is not null and kpi_after is not null
    group by grain, period_start, comparison, base_period_start, is_complete, dimension, channel
),

parts as (
    select *, 1 as step, 'mix' as factor, mix as exact from members
    union all
    select *, 2 as step, 'within' as factor, within as exact from members
),

totalled as (
    select
        *,
        {{ rounded('kpi_after', 2) }} - {{ rounded('kpi_before', 2) }} as total
    from parts
),

rounded as (
    {{ round_parts('totalled', ['grain', 'period_start', 'comparison', 'dimension', 'channel'], ['step']) }}
),

bridge as (
    select
        grain,
        period_start,
        comparison,
        base_period_start,
        is_complete,
        dimension,
        channel,
        step,
        factor,
        cast(null as double) as value_before,
        cast(null as double) as value_after,
        kpi_before,
        kpi_after,
        part as contribution
    from rounded
)

select * from bridge
