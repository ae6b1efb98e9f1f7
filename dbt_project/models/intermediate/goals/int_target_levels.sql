-- Targets whose KPI is no sum over days: the latest complete month of a median, the latest measurement.
with targets as (
    select * from {{ ref('int_targets') }}
),

kpi_long as (
    select * from {{ ref('kpi_long') }} where grain = 'month' and is_complete
),

measurements as (
    select * from {{ ref('int_measurements') }}
),

workspace as (
    select * from {{ source('settings', 'workspace') }}
),

readings as (
    select targets.target_key, kpi_long.period_start as date, kpi_long.value
    from targets
    inner join kpi_long
        on
            targets.kpi = kpi_long.kpi
            and targets.dimension = kpi_long.dimension
            and targets.member = kpi_long.member
    where targets.kind in ('median', 'product')
    union all
    select targets.target_key, measurements.date, cast(measurements.value as double) as value
    from targets
    inner join measurements on targets.kpi = lower(measurements.kpi)
    where targets.kind = 'measurement'
),

levels as (
    select
        readings.target_key,
        max_by(readings.value, readings.date) filter (
            where readings.date between targets.start_date and targets.due_date
        ) as actual,
        max_by(readings.value, readings.date) filter (where readings.date < targets.start_date) as before_start
    from readings
    inner join targets on readings.target_key = targets.target_key
    inner join workspace on readings.date <= workspace.today
    group by readings.target_key
)

select * from levels
