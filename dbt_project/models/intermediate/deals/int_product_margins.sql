-- Gross margin of single products: the product list before the settings; of several listings the newest extract.
with listed as (
    select
        lower(key) as product_lower,
        gross_margin,
        row_number() over (partition by lower(key) order by _load_id desc, _row desc) as place
    from {{ ref('int_attributes__rows') }}
    where entity = 'products' and gross_margin is not null and key is not null and _unreadable is null
),

from_settings as (
    select
        lower(product) as product_lower,
        min(gross_margin) as gross_margin
    from {{ source('settings', 'product_margins') }}
    group by lower(product)
),

chosen as (
    select
        coalesce(listed.product_lower, from_settings.product_lower) as product_lower,
        cast(coalesce(listed.gross_margin, from_settings.gross_margin) as decimal(9, 6)) as gross_margin
    from (select * from listed where place = 1) as listed
    full join from_settings on listed.product_lower = from_settings.product_lower
)

select * from chosen
