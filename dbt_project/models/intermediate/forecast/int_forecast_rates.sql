{#- The rate of a stage and age, that of the age, and that of all. -#}
{%- set levels = [['age', 'stage'], ['age'], []] -%}
{%- set forecast = ['kind', 'day', 'months_ahead'] -%}
-- How many of the deals that earlier days had open were won so many months later, by stage and age, by age, and of all:
-- what is null was not looked at.
with lessons as (
    select * from {{ ref('int_forecast_lessons') }}
),

outcomes as (
    select
        lessons.kind,
        lessons.day,
        lessons.months_ahead,
        seen.stage,
        seen.age,
        seen.deals,
        case when seen.won_after = lessons.months_ahead then seen.deals else 0 end as wins
    from lessons
    inner join {{ ref('int_forecast_deals') }} as seen
        on lessons.kind = seen.kind and lessons.earlier_day = seen.day
),

rates as (
    {%- for level in levels %}
    select
        kind,
        day,
        months_ahead,
        {{ 'stage' if 'stage' in level else 'cast(null as varchar)' }} as stage,
        {{ 'age' if 'age' in level else 'cast(null as varchar)' }} as age,
        cast(sum(deals) as bigint) as deals,
        cast(sum(wins) as bigint) as wins
    from outcomes
    group by {{ (forecast + level) | join(', ') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select * from rates
