-- The best growth a target's KPI has had from one span to the next, before the target began.
with spans as (
    select * from {{ ref('int_target_spans') }} where kind in ('sum', 'ratio')
),

days as (
    select * from {{ ref('int_target_days') }}
),

-- where history is shorter than two spans, half of it is the span, and its growth is compounded to the target's
windows as (
    select
        target_key,
        kind,
        sign,
        start_date,
        span_days,
        least(span_days, floor(({{ days_between('first_date', 'start_date') }}) / 2.0)) as window_days
    from spans
),

-- a day with nothing before the first: every window has a day to begin after
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
),

edges as (
    select
        windows.*,
        cumulated.date,
        cumulated.numerator,
        cumulated.denominator,
        {{ add_days('cumulated.date', '-windows.window_days') }} as middle_date,
        {{ add_days('cumulated.date', '-2 * windows.window_days') }} as early_date
    from windows
    inner join cumulated on windows.target_key = cumulated.target_key
    where windows.window_days >= 28 and cumulated.date < windows.start_date
),

rolling as (
    select
        edges.target_key,
        edges.sign,
        edges.span_days / edges.window_days as spans_in_target,
        case
            when edges.kind = 'sum' then edges.numerator - middle.numerator
            else
                (edges.numerator - middle.numerator) / nullif(edges.denominator - middle.denominator, 0)
        end as later,
        case
            when edges.kind = 'sum' then middle.numerator - early.numerator
            else
                (middle.numerator - early.numerator)
                / nullif(middle.denominator - early.denominator, 0)
        end as earlier
    from edges
    inner join cumulated as middle on edges.target_key = middle.target_key and edges.middle_date = middle.date
    inner join cumulated as early on edges.target_key = early.target_key and edges.early_date = early.date
),

best as (
    select
        target_key,
        case
            when max(sign) > 0 then max(power(later / earlier, spans_in_target))
            else min(power(later / earlier, spans_in_target))
        end as best_growth
    from rolling
    where earlier > 0 and later > 0
    group by target_key
)

select * from best
