-- The daily numerators and denominators of each target's KPI: the only place where a target meets its figures.
with targets as (
    select * from {{ ref('int_targets') }} where kind in ('sum', 'ratio')
),

-- only the members that have a target, before their KPIs are told apart
sums as (
    select *
    from {{ ref('kpi_sums') }} as kpi_sums
    where grain = 'day' and exists (
        select 1 from targets
        where kpi_sums.dimension = targets.dimension and kpi_sums.member = targets.member
    )
),

kpi_long as (
    {{ kpi_long_rows('sums', kinds=['sum', 'ratio'], in_spans=true) }}
),

dates as (
    select date from {{ ref('int_periods') }} where grain = 'day'
),

workspace as (
    select * from {{ source('settings', 'workspace') }}
),

known as (
    select
        targets.target_key,
        kpi_long.period_start as date,
        kpi_long.value,
        cast(coalesce(kpi_long.numerator, 0) as decimal(28, 9)) as numerator,
        cast(coalesce(kpi_long.denominator, 0) as decimal(28, 9)) as denominator
    from targets
    inner join kpi_long
        on
            targets.kpi = kpi_long.kpi
            and targets.dimension = kpi_long.dimension
            and targets.member = kpi_long.member
),

-- history begins with the first value; what was spent before the first lead is a part of the cost per lead
spans as (
    select
        target_key,
        min(date) as first_day,
        min(case when value is not null then date end) as first_date
    from known
    group by target_key
    having count(value) > 0
),

days as (
    select
        spans.target_key,
        spans.first_date,
        dates.date,
        coalesce(known.numerator, 0) as numerator,
        coalesce(known.denominator, 0) as denominator
    from spans
    inner join dates on spans.first_day <= dates.date
    inner join workspace on dates.date <= workspace.today
    left join known on spans.target_key = known.target_key and dates.date = known.date
)

select * from days
