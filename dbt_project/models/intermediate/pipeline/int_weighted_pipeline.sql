{%- set ends -%}
    select distinct least(periods.period_end, today.today) as end_date
    from {{ ref('int_periods') }} as periods
    inner join {{ source('settings', 'workspace') }} as today on periods.period_start <= today.today
    where periods.grain <> 'day'
{%- endset -%}
-- The weighted pipeline at the end of every week, month, quarter and year, and today, by all that members are made of.
{{ weighted_pipeline(ends, ['channel', 'campaign', 'sales_rep', 'product']) }}
