-- Which period is compared with which: the one before, and the same one a year before.
with periods as (
    select distinct grain, period_start, is_complete
    from {{ ref('int_periods') }}
    where grain in ('month', 'quarter', 'year')
),

previous as (
    select
        grain,
        period_start,
        is_complete,
        'previous_period' as comparison,
        lag(period_start) over (partition by grain order by period_start) as base_period_start
    from periods
),

year_before as (
    select
        periods.grain,
        periods.period_start,
        periods.is_complete,
        'previous_year' as comparison,
        bases.period_start as base_period_start
    from periods
    inner join periods as bases
        on
            periods.grain = bases.grain
            and cast(periods.period_start - interval '1' year as date) = bases.period_start
),

compared as (
    select * from previous where base_period_start is not null
    union all
    select * from year_before
)

select * from compared
