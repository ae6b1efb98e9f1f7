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


{#- Conditions on `dimension`, none where the KPI has a meaning for all: a list of five is joined, to each row of each KPI. -#}
{% macro has_meaning(kpi) -%}
    {%- set everywhere = kpi_catalogue() | sum(attribute='dimensions', start=[]) | unique | list -%}
    {%- if kpi.dimensions | length < everywhere | length -%}
    {{ return(["dimension in ('" ~ kpi.dimensions | join("', '") ~ "')"]) }}
    {%- endif -%}
    {{ return([]) }}
{%- endmacro %}


{#- Which of those rows depend on which (engine/in_parts.sql): a member's on the member's. -#}
{% macro parts_of_all(members) -%}
    {%- set of = {} -%}
    {%- for dimension, member in members.items() -%}
        {%- do of.update({'int_kpi_periods_' ~ dimension: ["'" ~ dimension ~ "'", member]}) -%}
    {%- endfor -%}
    {{- return({'by': ['dimension', 'member'], 'of': of}) -}}
{%- endmacro %}


{#- One row for each KPI, period and member of `relation` where the KPI is known and has a meaning. -#}
{% macro kpi_long_rows(relation) -%}
    {%- for kpi in kpi_catalogue() %}
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
    where {{ (has_meaning(kpi) + [kpi_value(kpi) ~ ' is not null']) | join(' and ') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
