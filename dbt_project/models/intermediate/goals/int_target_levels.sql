-- Targets whose KPI is no sum over days: the latest complete month of a median or stock, the latest
-- measurement.
with targets as (
    select * from {{ ref('int_targets') }}
),

-- only the members that have a target, before their KPIs are told apart
sums as (
    select *
    from {{ ref('kpi_sums') }} as kpi_sums
    where kpi_sums.grain = 'month' and kpi_sums.is_complete and exists (
        select 1 from targets
        where kpi_sums.dimension = targets.dimension and kpi_sums.member = targets.member
    )
),

kpi_long as (
    {{ kpi_long_rows('sums', kinds=['median', 'product', 'stock']) }}
),

measurements as (
    select * from {{ ref('int_measurements') }}
),

workspace as (
    select * from {{ source('settings', 'workspace') }}
),

-- a month is read on its last day: one that the target begins or ends in was not over before that
readings as (
    select
        targets.target_key,
        cast(kpi_long.period_start + interval '1' month - interval '1' day as date) as date,
        kpi_long.value
    from targets
    inner join kpi_long
        on
            targets.kpi = kpi_long.kpi
            and targets.dimension = kpi_long.dimension
            and targets.member = kpi_long.member
    where targets.kind in ('median', 'product', 'stock')
    union all
    select targets.target_key, measurements.date, cast(measurements.value as double) as value
    from targets
    inner join measurements on targets.kpi = lower(measurements.kpi)
    where targets.kind = 'measurement'
),

-- how a reading moved since the one before it
steps as (
    select
        readings.target_key,
        readings.date,
        readings.value,
        readings.value - lag(readings.value) over in_time as change,
        {{ days_between('lag(readings.date) over in_time', 'readings.date') }} as days
    from readings
    inner join workspace on readings.date <= workspace.today
    window in_time as (partition by readings.target_key order by readings.date)
),

drifts as (
    select
        target_key,
        (max_by(value, date) - min_by(value, date)) / nullif(sum(days), 0) as daily_drift
    from steps
    group by target_key
),

-- reading after reading: floats that are added up in another order differ in their last digits
deviations_so_far as (
    select
        steps.target_key,
        stddev_samp(steps.value) over so_far as deviation,
        stddev_samp((steps.change - drifts.daily_drift * steps.days) / sqrt(steps.days)) over so_far as daily_deviation,
        row_number() over (partition by steps.target_key order by steps.date desc) as place
    from steps
    inner join drifts on steps.target_key = drifts.target_key
    window so_far as (
        partition by steps.target_key order by steps.date rows between unbounded preceding and current row
    )
),

deviations as (
    select * from deviations_so_far where place = 1
),

growths as (
    select
        targets.target_key,
        case when max(targets.sign) > 0 then max(later.value / earlier.value) else min(later.value / earlier.value) end
            as best_growth
    from targets
    inner join steps as later on targets.target_key = later.target_key and targets.start_date > later.date
    inner join steps as earlier
        on
            targets.target_key = earlier.target_key
            and later.date > earlier.date
            and {{ days_between('earlier.date', 'later.date') }}
            <= {{ days_between('targets.start_date', 'targets.due_date') }} + 1
    where earlier.value > 0 and later.value > 0
    group by targets.target_key
),

levels as (
    select
        steps.target_key,
        max_by(steps.value, steps.date) filter (
            where steps.date between targets.start_date and targets.due_date
        ) as actual,
        max(steps.date) filter (where steps.date between targets.start_date and targets.due_date) as actual_date,
        max_by(steps.value, steps.date) filter (where steps.date < targets.start_date) as before_start,
        max(growths.best_growth) as best_growth,
        max(drifts.daily_drift) as daily_drift,
        max(deviations.deviation) as deviation,
        max(deviations.daily_deviation) as daily_deviation
    from steps
    inner join targets on steps.target_key = targets.target_key
    inner join drifts on steps.target_key = drifts.target_key
    inner join deviations on steps.target_key = deviations.target_key
    left join growths on steps.target_key = growths.target_key
    group by steps.target_key
)

select * from levels
