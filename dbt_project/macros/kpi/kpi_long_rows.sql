{#- The periods of all dimensions with one shape: `members` is dimension -> SQL of the member's name. -#}
{% macro kpi_periods_of_all(members) -%}
    {%- set medians = ['median_response_minutes', 'median_sales_cycle_days'] -%}
    {%- set columns = kpi_measures().keys() | list + kpi_derived_measures().keys() | list + kpi_stocks().keys() | list + medians -%}
    {%- for dimension, member in members.items() %}
    select
        '{{ dimension }}' as dimension,
        {{ member }} as member,
        grain,
        period_start,
        is_complete,
        {{ columns | join(', ') }}
    from {{ ref('int_kpi_periods_' ~ dimension) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}


{#-
    Conditions on `dimension`, none where the KPI has a meaning for all dimensions of the catalogue: a list of five is
    joined, to each row of each KPI. The catalogue is handed over: to read it once for each KPI takes dbt a second.
-#}
{% macro has_meaning(kpi, catalogue) -%}
    {%- set everywhere = catalogue | sum(attribute='dimensions', start=[]) | unique | list -%}
    {%- if kpi.dimensions | length < everywhere | length -%}
    {{ return(["dimension in ('" ~ kpi.dimensions | join("', '") ~ "')"]) }}
    {%- endif -%}
    {{ return([]) }}
{%- endmacro %}


{#-
    One row for each KPI, period and member of `relation` where the KPI is known and has a meaning. `kinds`: of KPIs of
    these kinds alone; an engine plans one select for each.
-#}
{% macro kpi_long_rows(relation, kinds=none) -%}
    {%- set catalogue = kpi_catalogue() -%}
    {%- for kpi in catalogue if kinds is none or kpi.kind in kinds %}
    select
        grain,
        period_start,
        dimension,
        member,
        '{{ kpi.id }}' as kpi,
        cast({{ kpi_value(kpi) }} as double) as value,
        cast({{ 'null' if kpi.kind == 'median' else kpi.numerator }} as decimal(38, 9)) as numerator,
        cast({{ kpi.denominator or 'null' }} as decimal(38, 9)) as denominator,
        is_complete
    from {{ relation }}
    where {{ (has_meaning(kpi, catalogue) + [kpi_value(kpi) ~ ' is not null']) | join(' and ') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
