{%- set ends -%}
    select distinct periods.date as end_date
    from {{ ref('int_periods') }} as periods
    inner join {{ source('settings', 'workspace') }} as today on periods.date <= today.today
{%- endset -%}
-- The company's weighted pipeline at the end of every day.
{{ weighted_pipeline(ends, []) }}
