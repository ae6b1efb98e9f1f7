-- The workspace's stages; a stage that is called like a meaning needs no mapping.
with mapped as (
    select * from {{ source('settings', 'stages') }}
),

own_names as (
    select meaning as stage_lower, meaning
    from (values ('new'), ('contacted'), ('qualified'), ('opportunity'), ('won'), ('lost')) as names (meaning)
),

chosen as (
    select
        mapped.stage_lower,
        min(mapped.meaning) as meaning
    from mapped
    group by mapped.stage_lower
    union all
    select
        own_names.stage_lower,
        own_names.meaning
    from own_names
    where own_names.stage_lower not in (select mapped.stage_lower from mapped)
),

ranked as (
    select
        stage_lower,
        meaning,
        {{ stage_rank('meaning') }} as stage_rank
    from chosen
)

select * from ranked
