with refused_rows as (
    select
        int_touches__rows.*,
        workspace.today
    from {{ ref('int_touches__rows') }} as int_touches__rows
    cross join {{ source('settings', 'workspace') }} as workspace
    where int_touches__rows.fate = 'refused'
),

reasons as (
    {{ refusals('touches', 'refused_rows', touch_refusal_rules()) }}
)

select * from reasons
