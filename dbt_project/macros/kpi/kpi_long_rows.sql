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


{#- Conditions on a row of kpi_long. Days of sums without records are in no ratio of records, as in no period. -#}
{% macro _is_known(kpi, in_spans) -%}
    {%- if not in_spans or kpi.kind != 'ratio' -%}
    {{ return([kpi_value(kpi) ~ ' is not null']) }}
    {%- endif -%}
    {%- set parts = '(' ~ kpi.numerator ~ ' is not null or ' ~ kpi.denominator ~ ' is not null)' -%}
    {%- set of_records = 'summed_won_deals' in kpi.numerator ~ kpi.denominator -%}
    {{ return([parts] + (['coalesce(summed_won_deals, 0) = 0'] if of_records else [])) }}
{%- endmacro %}


{#-
    One row for each KPI, period and member of `relation` where the KPI is known and has a meaning. `kinds`: of KPIs of
    these kinds alone; an engine plans one select for each. `in_spans`: rows that are summed over several periods before a
    ratio is taken, so those too in which only a part of it is known: what was spent on a day without leads.
-#}
{% macro kpi_long_rows(relation, kinds=none, in_spans=false) -%}
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
    where {{ (has_meaning(kpi, catalogue) + _is_known(kpi, in_spans)) | join(' and ') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}
