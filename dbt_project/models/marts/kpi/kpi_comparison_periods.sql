-- Which period kpi_comparison compares with which, and over how many days.
with comparisons as (
    select
        grain,
        period_start,
        period_end,
        is_complete,
        comparison,
        base_period_start,
        days_compared,
        last_day,
        base_last_day
    from {{ ref('int_comparisons') }}
)

select * from comparisons
