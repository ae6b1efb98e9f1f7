{#-
    The additive measures that KPIs are made of, with their types: counts of whole records, shares of deals, money.
    One list for the daily events (where they come from), the periods (where they are summed) and the catalogue.
-#}
{% macro kpi_measures() %}
    {%- set types = {'count': 'bigint', 'share': 'decimal(28, 9)', 'money': 'decimal(28, 6)'} -%}
    {%- set measures = {
        'impressions': 'count', 'clicks': 'count', 'ad_spend': 'money', 'marketing_cost': 'money', 'sales_cost': 'money',
        'leads': 'count', 'paid_leads': 'count', 'contacted_leads': 'count', 'qualified_leads': 'count',
        'opportunities': 'count', 'converted_leads': 'count',
        'sla_due_leads': 'count', 'sla_met_leads': 'count',
        'won_deals': 'share', 'won_deals_with_amount': 'share', 'deals_with_units': 'share', 'lost_deals': 'share',
        'new_customers': 'share', 'deals_created': 'share', 'pipeline_created': 'money', 'open_deals_change': 'share',
        'open_pipeline_change': 'money',
        'won_amount': 'money', 'refunds': 'money', 'cost_of_goods': 'money', 'units': 'share', 'refunded_units': 'share',
        'repeat_revenue': 'money', 'cross_sell_revenue': 'money', 'ltv_gross_profit': 'money',
        'summed_leads': 'count', 'summed_won_deals': 'share', 'summed_revenue': 'money',
    } -%}
    {%- set typed = {} -%}
    {%- for measure, kind in measures.items() -%}
        {%- do typed.update({measure: types[kind]}) -%}
    {%- endfor -%}
    {{- return(typed) -}}
{% endmacro %}


{#-
    Additive sums of other measures, computed once per period and member. A sum whose main part is unknown is unknown;
    costs or refunds that nobody delivers count as none beside a part that is known.
-#}
{% macro kpi_derived_measures() %}
    {%- set gross_profit = 'won_amount - coalesce(refunds, 0) - coalesce(cost_of_goods, 0)' -%}
    {%- set full_cost = 'marketing_cost + coalesce(sales_cost, 0)' -%}
    {%- set recorded_won_deals = 'won_deals - coalesce(summed_won_deals, 0)' -%}
    {%- set recorded_revenue = 'won_amount - coalesce(refunds, 0) - coalesce(summed_revenue, 0)' -%}
    {%- set money = kpi_measures()['ad_spend'] -%}
    {{- return({
        'revenue': {'formula': 'won_amount - coalesce(refunds, 0)', 'data_type': money},
        'units_sold': {'formula': 'units - coalesce(refunded_units, 0)', 'data_type': kpi_measures()['units']},
        'gross_profit': {'formula': gross_profit, 'data_type': money},
        'full_cost': {'formula': full_cost, 'data_type': money},
        'recorded_leads': {'formula': 'leads - coalesce(summed_leads, 0)', 'data_type': kpi_measures()['leads']},
        'recorded_won_deals': {'formula': recorded_won_deals, 'data_type': kpi_measures()['won_deals']},
        'recorded_revenue': {'formula': recorded_revenue, 'data_type': money},
        'profit': {'formula': gross_profit ~ ' - (' ~ full_cost ~ ')', 'data_type': money},
    }) -}}
{% endmacro %}


{#- Sums of measures with their types, as columns. -#}
{% macro sums_of(measures) -%}
    {%- for measure in measures %}
        cast(sum({{ measure }}) as {{ kpi_measures()[measure] }}) as {{ measure }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}


{#- Stocks at the end of a period, with their types: never summed over time. -#}
{% macro kpi_stocks() %}
    {%- set types = kpi_measures() -%}
    {{- return({
        'open_deals': types['open_deals_change'], 'open_pipeline': types['open_pipeline_change'],
        'weighted_pipeline': types['open_pipeline_change'],
    }) -}}
{% endmacro %}
