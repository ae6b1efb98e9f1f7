-- Where each target stands: the value to reach, what should be there by now, and where it is heading.
with spans as (
    select * from {{ ref('int_target_spans') }}
),

levels as (
    select * from {{ ref('int_target_levels') }}
),

valued as (
    select
        spans.target_key,
        spans.parent_target_key,
        spans.source,
        spans.target_id,
        spans.kpi,
        spans.kind,
        spans.direction,
        spans.sign,
        spans.unit,
        spans.owner,
        spans.department,
        spans.scope,
        spans.scope_is_known,
        spans.dimension,
        spans.member,
        spans.start_date,
        spans.due_date,
        spans.today,
        spans.span_days,
        spans.elapsed_days,
        spans.first_date,
        spans.preceding,
        spans.year_before,
        spans.year_before_to_date,
        spans.weekly_mean,
        spans.weekly_deviation,
        levels.deviation,
        levels.daily_drift,
        levels.daily_deviation,
        {{ days_between('levels.actual_date', 'spans.due_date') }} as days_after_reading,
        coalesce(spans.actual, levels.actual) as actual,
        coalesce(cast(spans.baseline as double), spans.year_before, spans.preceding, levels.before_start) as baseline,
        cast(spans.target as double) as target
    from spans
    left join levels on spans.target_key = levels.target_key
),

-- "10 percent" of a KPI that is to fall means 10 percent less, whichever sign was written; of a loss it is a tenth of
-- its size, or a tenth more profit would be a larger loss
aimed as (
    select
        *,
        case
            when unit = 'percent_change'
                then
                    baseline * (
                        1 + case when baseline < 0 then -1 else 1 end
                        * case when direction = 'decrease' then -abs(target) else target end / 100.0
                    )
            else target
        end as target_value,
        coalesce(kind = 'sum' and year_before > 0, false) as is_seasonal
    from valued
),

-- last year's course over the same span, where there is one
courses as (
    select
        *,
        case when is_seasonal then year_before_to_date / year_before else cast(elapsed_days as double) / span_days end
            as expected_share
    from aimed
),

paced as (
    select
        *,
        case
            when elapsed_days <= 0 then null
            when kind = 'sum' then target_value * expected_share
            when baseline is not null then baseline + (target_value - baseline) * expected_share
            else target_value
        end as expected_to_date,
        case
            when elapsed_days <= 0 then null
            when kind = 'sum' and expected_share > 0 then actual / expected_share
            -- by this day last year had brought nothing: there is no share to scale by, what it brought later is added
            when is_seasonal then actual + year_before - year_before_to_date
            when kind = 'measurement' and today < due_date
                then actual + coalesce(daily_drift, 0) * days_after_reading
            else actual
        end as projection,
        (span_days - elapsed_days) / 7.0 as weeks_left
    from courses
),

-- 80 % range if weeks to come swing as independently as the last 26 did, and readings as all so far
ranged as (
    select
        *,
        case
            when weeks_left <= 0 or projection is null then 0
            when kind = 'sum'
                then
                    1.2815515655446004 * weekly_deviation / nullif(weekly_mean, 0)
                    * (projection - actual) / sqrt(weeks_left)
            when kind = 'ratio'
                then 1.2815515655446004 * weekly_deviation * sqrt(weeks_left) / (span_days / 7.0)
            when kind = 'measurement' then 1.2815515655446004 * daily_deviation * sqrt(days_after_reading)
            else 1.2815515655446004 * deviation
        end as half_range
    from paced
)

select * from ranged
