with refused_rows as (
    select
        int_leads__rows.*,
        workspace.today
    from {{ ref('int_leads__rows') }} as int_leads__rows
    cross join {{ source('settings', 'workspace') }} as workspace
    where int_leads__rows.fate = 'refused'
),

reasons as (
    {{ refusals('leads', 'refused_rows', refusal_rules('leads')) }}
)

select * from reasons
