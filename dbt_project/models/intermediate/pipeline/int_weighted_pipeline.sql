{%- set ends -%}
    select distinct least(periods.period_end, today.today) as end_date
    from {{ ref('int_periods') }} as periods
    inner join {{ source('settings', 'workspace') }} as today on periods.period_start <= today.today
    where periods.grain <> 'day'
    union
    select last_day as end_date from {{ ref('int_comparisons') }} where not is_complete
    union
    select base_last_day as end_date from {{ ref('int_comparisons') }} where not is_complete
{%- endset -%}
-- The weighted pipeline at the end of every week, month, quarter and year, today, and the days that running
-- periods are compared on, by all that members are made of.
with {{ weighed_deals(ends) }},

summed as (
    select
        end_date,
        channel,
        campaign,
        sales_rep,
        product,
        {{ weighted_sums() }}
    from weighed
    where amount is not null
    group by end_date, channel, campaign, sales_rep, product
)

select * from summed
