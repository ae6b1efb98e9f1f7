{#- What the sides of a comparison have of every member: all measures, sums of them, stocks and medians. -#}
{% macro compared_columns() -%}
    {{- return(
        kpi_measures().keys() | list + kpi_derived_measures().keys() | list + kpi_stocks().keys() | list
        + ['median_response_minutes', 'median_sales_cycle_days']
    ) -}}
{%- endmacro %}


{#- Measures that go on growing after a period is over: its base is taken at the same age. -#}
{% macro maturing_measures() -%}
    {{- return(['contacted_leads', 'qualified_leads', 'opportunities', 'converted_leads', 'ltv_gross_profit']) -}}
{%- endmacro %}


{#- Of `sides` and what came late (`late`): each of these measures as it stood at that age, and whether its events have times. -#}
{% macro measures_at_age() -%}
    {%- for measure in maturing_measures() %}
        cast(sides.{{ measure }} - coalesce(late.{{ measure }}, 0) as {{ kpi_measures()[measure] }}) as {{ measure }},
        {{ "sides.dimension = 'total'" if measure == 'ltv_gross_profit' else 'coalesce(late.' ~ measure ~ '_without_time, 0) = 0' }}
            as {{ measure }}_has_times{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}


{#- Condition on `<measure>_has_times`: all measures of the KPI that mature have times to tell by. -#}
{% macro kpi_has_times(kpi) -%}
    {%- set words = modules.re.findall('[a-z_]+', kpi.numerator ~ ' ' ~ (kpi.denominator or '')) if kpi.matures else [] -%}
    {%- set conditions = [] -%}
    {%- for measure in maturing_measures() if measure in words -%}
        {%- do conditions.append(measure ~ '_has_times') -%}
    {%- endfor -%}
    {{ conditions | join(' and ') or 'true' }}
{%- endmacro %}


{#-
    Every KPI of both sides (`is_after` or its base), a row each, of what can't be read off the KPI tables: of running
    periods all, of whole ones those that mature.
-#}
{% macro kpis_of_sides(relation) -%}
    {%- set catalogue = kpi_catalogue() -%}
    {%- for kpi in catalogue %}
    select
        dimension,
        member,
        grain,
        period_start,
        comparison,
        is_after,
        '{{ kpi.id }}' as kpi,
        cast({{ kpi_value(kpi) }} as double) as value,
        {{ kpi_has_times(kpi) }} as has_times
    from {{ relation }}
    {%- set conditions = has_meaning(kpi, catalogue) + ([] if kpi.matures else ['is_running']) %}
    {{ 'where ' ~ conditions | join(' and ') if conditions }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
