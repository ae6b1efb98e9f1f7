-- Why measurements were refused.
with refused_rows as (
    select * from {{ ref('int_measurements__rows') }} where fate = 'refused'
),

reasons as (
    {{ refusals('measurements', 'refused_rows', measurement_rules()) }}
)

select * from reasons
