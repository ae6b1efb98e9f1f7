-- Running sums of each target's KPI by day: a span is the difference of two of them.
-- From the first value on: with the cost of days before the first lead, a span that history covers in part would
-- look like a whole one.
with days as (
    select * from {{ ref('int_target_days') }} where first_date <= date
),

-- a day with nothing before the first: every span has a day to begin after
anchored as (
    select target_key, date, numerator, denominator from days
    union all
    select target_key, {{ add_days('min(date)', '-1') }} as date, 0 as numerator, 0 as denominator
    from days
    group by target_key
),

cumulated as (
    select
        target_key,
        date,
        sum(numerator) over so_far as numerator,
        sum(denominator) over so_far as denominator
    from anchored
    window so_far as (partition by target_key order by date rows between unbounded preceding and current row)
)

select * from cumulated
