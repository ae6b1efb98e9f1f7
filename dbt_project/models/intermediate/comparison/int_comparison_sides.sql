{{ config(materialized='view') }}
{%- set keys = ['dimension', 'member', 'grain', 'period_start', 'comparison'] -%}
{%- set as_they_are = compared_columns() | reject('in', maturing_measures()) | list -%}
{%- set sides = {'true': 'period_start', 'false': 'base_period_start'} -%}
-- Both sides of every comparison: of running periods over the same days, of whole ones all of them; the base as it
-- stood at the age that the later period has today.
with comparisons as (
    select * from {{ ref('int_comparisons') }} where is_complete
),

whole as (
    select * from {{ ref('kpi_sums') }} where grain <> 'day'
),

late as (
    select * from {{ ref('int_late_events') }}
),

sides as (
    select
        {{ (keys + compared_columns()) | join(',\n        ') }},
        is_after,
        true as is_running
    from {{ ref('int_running_sums') }}
    {%- for is_after, start in sides.items() %}
    union all
    select
        whole.dimension,
        whole.member,
        whole.grain,
        comparisons.period_start,
        comparisons.comparison,
        whole.{{ compared_columns() | join(',\n        whole.') }},
        {{ is_after }} as is_after,
        false as is_running
    from whole
    inner join comparisons on whole.grain = comparisons.grain and whole.period_start = comparisons.{{ start }}
    {%- endfor %}
),

-- whose customers brought what later is reckoned for the company alone
aged as (
    select
        sides.{{ (keys + ['is_after', 'is_running'] + as_they_are) | join(',\n        sides.') }},
        {{ measures_at_age() }}
    from sides
    left join late
        on
            not sides.is_after
            {%- for key in keys %}
            and sides.{{ key }} = late.{{ key }}
            {%- endfor %}
)

select * from aged
