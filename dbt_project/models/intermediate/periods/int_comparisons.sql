-- Which period is compared with which, and over how many days: a whole one with the whole one before it, a running one
-- with as many days of its base as have passed (at most as many as the base has). A week's year before is 52
-- weeks before.
with periods as (
    select distinct
        periods.grain,
        periods.period_start,
        periods.period_end,
        periods.is_complete,
        workspace.today
    from {{ ref('int_periods') }} as periods
    inner join {{ source('settings', 'workspace') }} as workspace on periods.period_start <= workspace.today
    where periods.grain in ('week', 'month', 'quarter', 'year')
),

paired as (
    select
        *,
        'previous_period' as comparison,
        lag(period_start) over (partition by grain order by period_start) as base_start
    from periods
    union all
    select
        *,
        'previous_year' as comparison,
        cast(
            case
                when grain = 'week' then period_start - interval '364' day
                else period_start - interval '1' year
            end as date
        ) as base_start
    from periods
),

measured as (
    select
        paired.*,
        bases.period_end as base_period_end,
        {{ days_between('paired.period_start', 'paired.period_end') }} + 1 as days,
        {{ days_between('paired.period_start', 'paired.today') }} + 1 as days_so_far,
        {{ days_between('bases.period_start', 'bases.period_end') }} + 1 as base_days
    from paired
    inner join periods as bases on paired.grain = bases.grain and paired.base_start = bases.period_start
),

compared as (
    select
        grain,
        period_start,
        period_end,
        is_complete,
        comparison,
        base_start as base_period_start,
        cast(case when is_complete then days else least(days_so_far, base_days) end as integer) as days_compared,
        case
            when is_complete then period_end
            else cast(period_start + (least(days_so_far, base_days) - 1) * interval '1' day as date)
        end as last_day,
        case
            when is_complete then base_period_end
            else cast(base_start + (least(days_so_far, base_days) - 1) * interval '1' day as date)
        end as base_last_day,
        -- what the base knew of itself at the age that the period has today
        cast(base_start + (days_so_far - 1) * interval '1' day as date) as base_known_until
    from measured
)

select * from compared
