-- How long leads and deals stand in each stage, over the whole history, by sales representative and by channel.
with stays as (
    select * from {{ ref('int_stage_stays') }}
),

dimensions as (
    select 'total' as dimension
    union all
    select 'sales_rep' as dimension
    union all
    select 'channel' as dimension
),

members as (
    select
        stays.*,
        dimensions.dimension,
        case dimensions.dimension when 'sales_rep' then stays.sales_rep when 'channel' then stays.channel end as member
    from stays
    cross join dimensions
),

durations as (
    select
        entity,
        dimension,
        member,
        max(stage) as stage,
        max(meaning) as meaning,
        count(*) as entered,
        count(days) as timed,
        count(case when left_at is null then 1 end) as standing,
        -- of whole seconds, whose mean is exact on every engine
        percentile_cont(0.5) within group (order by cast(round(days * 86400) as bigint)) / 86400.0 as median_days,
        {{ rounded('percentile_cont(0.9) within group (order by days)', 9) }} as p90_days
    from members
    group by entity, dimension, member, lower(stage)
)

select * from durations
