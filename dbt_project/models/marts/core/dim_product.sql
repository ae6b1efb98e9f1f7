-- Every product that a lead asked for, a deal sold or the list of products names.
with attributes as (
    select * from {{ ref('int_members') }} where dimension = 'product'
),

named as (
    select product from {{ ref('int_leads') }}
    union
    select product from {{ ref('int_deals') }}
    union
    select product from {{ ref('int_deal_lines') }}
    union
    select product from {{ ref('int_kpi_events_product') }}
    union
    select member as product from attributes
),

products as (
    select
        named.product,
        coalesce(attributes.name, named.product) as name,
        attributes.category,
        named.product <> '(none)' as is_known
    from named
    left join attributes on named.product = attributes.member
    where named.product is not null
)

select * from products
