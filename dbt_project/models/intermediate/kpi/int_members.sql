-- Names and attributes of sales representatives, products and customers, as the newest extract has them.
with members as (
    select
        case entity when 'sales_reps' then 'sales_rep' when 'products' then 'product' else 'customer' end as dimension,
        key as member,
        name,
        category,
        team,
        manager,
        segment,
        country,
        _load_id,
        _row
    from {{ ref('int_attributes__rows') }}
    where key is not null
),

newest as (
    select * from members
    qualify row_number() over (partition by dimension, member order by _load_id desc, _row desc) = 1
)

select * from newest
