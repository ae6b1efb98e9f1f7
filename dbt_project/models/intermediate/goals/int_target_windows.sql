-- How each target's KPI is compared with itself to find its best growth, in windows that end before it began, or today.
with spans as (
    select * from {{ ref('int_target_spans') }} where kind in ('sum', 'ratio')
),

sums as (
    select * from {{ ref('int_target_sums') }}
),

histories as (
    select
        target_key,
        kind,
        sign,
        span_days,
        year_before,
        least(start_date, today) as known_until,
        {{ days_between("cast(first_date + interval '1' year as date)", 'least(start_date, today)') }}
            as days_with_a_year_before
    from spans
),

-- the span before the target, or before today
latest as (
    select
        histories.target_key,
        case
            when histories.kind = 'sum' then until.numerator - before.numerator
            else (until.numerator - before.numerator) / nullif(until.denominator - before.denominator, 0)
        end as latest_span
    from histories
    inner join sums as until
        on
            histories.target_key = until.target_key
            and {{ add_days('histories.known_until', '-1') }} = until.date
    inner join sums as before
        on
            histories.target_key = before.target_key
            and {{ add_days('histories.known_until', '-1 - histories.span_days') }} = before.date
),

-- Like with like: days beside the same days a year before; where history or the span forbids it, a span beside the one
-- before it.
compared as (
    select
        *,
        coalesce(
            span_days <= 366
            and days_with_a_year_before >= least(span_days, 28)
            and (year_before is not null or span_days >= 365),
            false
        ) as is_yearly
    from histories
),

windows as (
    select
        compared.target_key,
        compared.kind,
        compared.sign,
        compared.known_until,
        compared.is_yearly,
        case
            when compared.is_yearly then least(compared.span_days, compared.days_with_a_year_before)
            else compared.span_days
        end as window_days,
        case
            when compared.is_yearly then coalesce(compared.year_before, latest.latest_span)
            else latest.latest_span
        end as growth_base
    from compared
    left join latest on compared.target_key = latest.target_key
)

select * from windows
