{#- Measures of a deal that are split among members by largest remainder, with the unit that stays whole. -#}
{% macro split_measures() %}
    {{- return({
        'won_amount': '0.01', 'refunds': '0.01', 'cost_of_goods': '0.01', 'repeat_revenue': '0.01',
        'cross_sell_revenue': '0.01', 'ltv_gross_profit': '0.01', 'units': '0.000001', 'refunded_units': '0.000001',
    }) -}}
{% endmacro %}


{#- One row for each deal, day, member and measure to split. -#}
{% macro split_measure_rows(relation, measures) -%}
    {%- for measure, unit in measures.items() %}
    select
        deal_key || '|' || cast(date as varchar) || '|{{ measure }}' as split_key,
        deal_key,
        date,
        channel,
        campaign,
        '{{ measure }}' as measure,
        cast({{ unit }} as decimal(28, 6)) as unit,
        {{ measure }} as total,
        credit as weight
    from {{ relation }}
    where is_shared and {{ measure }} is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}


{#- The parts, a column for each measure again. -#}
{% macro split_measure_columns(measures) -%}
    {%- for measure in measures %}
        max(case when measure = '{{ measure }}' then part end) as {{ measure }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}


{#- Every measure of a sale for one credit: its part where the deal is shared, all of it where not, counts by share. -#}
{% macro credited_measures(measures) -%}
    {%- for measure in sale_measures() %}
        cast(
            {%- if measure in measures %}
            case when credited.is_shared then parts_of_deals.{{ measure }} else credited.{{ measure }} end
            {%- else %}
            cast(credited.{{ measure }} as decimal(28, 9)) * credited.credit
            {%- endif %}
            as {{ kpi_measures()[measure] }}
        ) as {{ measure }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
