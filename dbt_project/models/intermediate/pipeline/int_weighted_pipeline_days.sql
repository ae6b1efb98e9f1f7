{%- set ends -%}
    select distinct periods.date as end_date
    from {{ ref('int_periods') }} as periods
    inner join {{ source('settings', 'workspace') }} as today on periods.date <= today.today
{%- endset -%}
-- The company's pipeline at the end of every day, by stage.
with {{ weighed_deals(ends) }},

summed as (
    select
        end_date,
        coalesce(stage, '(unknown)') as stage,
        count(case when is_first_product then 1 end) as deals,
        cast(sum(amount) as decimal(28, 2)) as amount,
        {{ weighted_sums() }}
    from weighed
    group by end_date, coalesce(stage, '(unknown)')
)

select * from summed
