-- Names and attributes of sales representatives, products and customers, as the newest extract has them.
with sales_reps as (
    {{ union_sources('sales_reps') }}
),

products as (
    {{ union_sources('products') }}
),

customers as (
    {{ union_sources('customers') }}
),

members as (
    select
        'sales_rep' as dimension,
        owner as member,
        name,
        cast(null as varchar) as category,
        team,
        manager,
        cast(null as varchar) as segment,
        cast(null as varchar) as country,
        _load_id,
        _row
    from sales_reps
    union all
    select
        'product' as dimension,
        product as member,
        name,
        category,
        cast(null as varchar) as team,
        cast(null as varchar) as manager,
        cast(null as varchar) as segment,
        cast(null as varchar) as country,
        _load_id,
        _row
    from products
    union all
    select
        'customer' as dimension,
        customer_id as member,
        name,
        cast(null as varchar) as category,
        cast(null as varchar) as team,
        cast(null as varchar) as manager,
        segment,
        country,
        _load_id,
        _row
    from customers
),

newest as (
    select * from members
    where member is not null
    qualify row_number() over (partition by dimension, member order by _load_id desc, _row desc) = 1
)

select * from newest
