{#- What each part of the daily events adds to: measure of kpi_measures() -> expression over the part's columns. -#}
{% macro kpi_event_parts() %}
    {%- set sales = {} -%}
    {%- for measure in sale_measures() -%}
        {%- do sales.update({measure: measure}) -%}
    {%- endfor -%}
    {%- set leads = {} -%}
    {%- for measure in [
        'leads', 'paid_leads', 'contacted_leads', 'qualified_leads', 'opportunities', 'converted_leads', 'sla_due_leads',
        'sla_met_leads',
    ] -%}
        {%- do leads.update({measure: measure}) -%}
    {%- endfor -%}
    {%- set deals = {} -%}
    {%- for measure in [
        'deals_created', 'pipeline_created', 'open_deals_change', 'open_pipeline_change', 'lost_deals', 'won_deals', 'won_deals_with_amount', 'deals_with_units', 'new_customers',
        'won_amount', 'ltv_gross_profit', 'units',
    ] -%}
        {%- do deals.update({measure: measure}) -%}
    {%- endfor -%}
    {%- set results = {
        'summed_leads': 'leads', 'summed_won_deals': 'won_deals', 'summed_revenue': 'won_amount',
    } -%}
    {%- for measure in [
        'impressions', 'clicks', 'leads', 'paid_leads', 'qualified_leads', 'opportunities', 'won_deals',
        'won_deals_with_amount', 'won_amount', 'cost_of_goods',
    ] -%}
        {%- do results.update({measure: measure}) -%}
    {%- endfor -%}
    {{- return({
        'ad_spend': {'impressions': 'impressions', 'clicks': 'clicks', 'ad_spend': 'spend', 'marketing_cost': 'spend'},
        'costs': {'marketing_cost': 'marketing_cost', 'sales_cost': 'sales_cost'},
        'leads': leads,
        'deals': deals,
        'sales': sales,
        'results': results,
    }) -}}
{% endmacro %}


{#- The measures that come from won deals. -#}
{% macro sale_measures() %}
    {{- return([
        'won_deals', 'won_deals_with_amount', 'deals_with_units', 'new_customers', 'won_amount', 'refunds',
        'cost_of_goods', 'units', 'refunded_units', 'repeat_revenue', 'cross_sell_revenue', 'ltv_gross_profit',
    ]) -}}
{% endmacro %}


{#-
    Rows of several CTEs with the same measures as columns, null where a CTE has none: `parts` is CTE -> measure ->
    expression; every CTE has a column `date` and the columns `by`; `only` names the measures wanted.
-#}
{% macro measure_rows(by, parts, only) -%}
    {%- for part, measures in parts.items() %}
    select
        date,
        {%- for column in by %}
        {{ column }},
        {%- endfor %}
        {%- for measure in only %}
        cast({{ measures.get(measure, 'null') }} as {{ kpi_measures()[measure] }}) as {{ measure }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ part }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}


{#- The CTE `kpi_events`: all measures by day and member, summed over the CTEs named in `parts` (see kpi_event_parts). -#}
{% macro kpi_events(by, parts) -%}
{%- set wanted = {} -%}
{%- for part in parts -%}
    {%- do wanted.update({part: kpi_event_parts()[part]}) -%}
{%- endfor -%}
event_rows as (
    {{ measure_rows(by, wanted, kpi_measures().keys() | list) }}
),

kpi_events as (
    select
        date,
        {%- for column in by %}
        {{ column }},
        {%- endfor %}
        {%- for measure, data_type in kpi_measures().items() %}
        cast(sum({{ measure }}) as {{ data_type }}) as {{ measure }}{{ ',' if not loop.last }}
        {%- endfor %}
    from event_rows
    group by {{ (['date'] + by) | join(', ') }}
)
{%- endmacro %}


{#- Which rows of daily events depend on which (engine/in_parts.sql): those of a day on the day's. -#}
{% macro parts_by_date(inputs) -%}
    {%- set of = {} -%}
    {%- for input in inputs %}{% do of.update({input: ['date']}) %}{% endfor -%}
    {{- return({'by': ['date'], 'of': of}) -}}
{%- endmacro %}
