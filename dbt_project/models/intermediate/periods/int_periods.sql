-- The period of every grain that each day lies in; weeks begin on the workspace's day.
with days as (
    {{ date_spine(ref('int_periods__bounds')) }}
),

workspace as (
    select
        today,
        case week_start
            when 'tuesday' then 1
            when 'wednesday' then 2
            when 'thursday' then 3
            when 'friday' then 4
            when 'saturday' then 5
            when 'sunday' then 6
            else 0
        end as days_after_monday
    from {{ source('settings', 'workspace') }}
),

started as (
    select
        days.date,
        'day' as grain,
        days.date as period_start,
        workspace.today
    from days
    cross join workspace
    union all
    select
        days.date,
        'week' as grain,
        cast(
            date_trunc('week', days.date - workspace.days_after_monday * interval '1' day)
            + workspace.days_after_monday * interval '1' day as date
        ) as period_start,
        workspace.today
    from days
    cross join workspace
    {%- for grain in ['month', 'quarter', 'year'] %}
    union all
    select
        days.date,
        '{{ grain }}' as grain,
        cast(date_trunc('{{ grain }}', days.date) as date) as period_start,
        workspace.today
    from days
    cross join workspace
    {%- endfor %}
),

ended as (
    select
        *,
        cast(
            case grain
                when 'day' then period_start + interval '1' day
                when 'week' then period_start + interval '7' day
                when 'month' then period_start + interval '1' month
                when 'quarter' then period_start + interval '3' month
                else period_start + interval '1' year
            end - interval '1' day as date
        ) as period_end
    from started
),

judged as (
    select
        date,
        grain,
        period_start,
        period_end,
        period_end < today as is_complete,
        -- what is dated after today has not happened yet: the KPIs count none of it
        date <= today as has_come
    from ended
)

select * from judged
