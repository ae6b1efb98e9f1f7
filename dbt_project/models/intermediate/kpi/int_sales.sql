-- What won deals add to KPIs, by day and deal.
with sale_lines as (
    select * from {{ ref('int_sale_lines') }}
),

sales as (
    select
        deal_key,
        sales_rep,
        date,
        {%- for measure in sale_measures() %}
        cast(sum({{ measure }}) as {{ kpi_measures()[measure] }}) as {{ measure }}{{ ',' if not loop.last }}
        {%- endfor %}
    from sale_lines
    group by deal_key, sales_rep, date
)

select * from sales
