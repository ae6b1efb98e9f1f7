-- Why targets were refused.
with refused_rows as (
    select * from {{ ref('int_targets__rows') }} where fate = 'refused'
),

reasons as (
    {{ refusals('targets', 'refused_rows', target_rules()) }}
)

select * from reasons
