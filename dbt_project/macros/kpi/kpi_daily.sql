{#- The CTE `known`: a measure without any data at all is unknown, not 0. -#}
{% macro known_measures() -%}
known as (
    select
        {%- for measure in kpi_measures() %}
        count({{ measure }}) > 0 as {{ measure }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('int_kpi_events_total') }}
)
{%- endmacro %}


{#- What `known` reads of the total (engine/in_parts.sql). -#}
{% macro known_of_total() -%}
    {%- set known = [] -%}
    {%- for measure in kpi_measures() %}{% do known.append('count(' ~ measure ~ ') > 0') %}{% endfor -%}
    {{- return({'int_kpi_events_total': known}) -}}
{%- endmacro %}


{#-
    A whole kpi_daily_* model: the measures of each day on which something happened, up to today, 0 where a known measure
    has nothing. Sums of its rows, divided at the very end, are the KPIs of any stretch of days and any set of members.
-#}
{% macro kpi_daily(events, members) -%}
with workspace as (
    select * from {{ source('settings', 'workspace') }}
),

events as (
    select * from {{ ref(events) }}
),

{{ known_measures() }},

filled as (
    select
        events.date,
        {%- for member in members %}
        events.{{ member }},
        {%- endfor %}
        {%- for measure in kpi_measures() %}
        {{ filled_measure(measure, 'events') }} as {{ measure }}{{ ',' if not loop.last }}
        {%- endfor %}
    from events
    inner join workspace on events.date <= workspace.today
    cross join known
),

derived as (
    select
        *,
        {%- for measure, derivation in kpi_derived_measures().items() %}
        cast({{ derivation['formula'] }} as {{ derivation['data_type'] }}) as {{ measure }}{{ ',' if not loop.last }}
        {%- endfor %}
    from filled
)

select * from derived
{%- endmacro %}
