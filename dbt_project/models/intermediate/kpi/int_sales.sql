-- What won deals add to KPIs, by day and deal.
with sale_lines as (
    select * from {{ ref('int_sale_lines') }}
),

sales as (
    select
        deal_key,
        sales_rep,
        date,
        {{ sums_of(sale_measures()) }}
    from sale_lines
    group by deal_key, sales_rep, date
)

select * from sales
