-- Every journey as its channels in order: of each won deal with touches, and of each person who never won, whose
-- touches up to today count within the look-back before the last of them.
{% set look_back = "workspace.lookback_days * interval '1' day" %}
with deal_touches as (
    select * from {{ ref('int_deal_touches') }}
),

workspace as (
    select
        lookback_days,
        today
    from {{ source('settings', 'workspace') }}
),

winners as (
    select distinct person_key from {{ ref('int_deals') }} where is_won and person_key is not null
),

others_touches as (
    select
        touches.*,
        max(touches.touched_at) over (partition by touches.person_key) as last_touched_at,
        max(touches.touched_date) over (partition by touches.person_key) as last_touched_date
    from {{ ref('int_touches') }} as touches
    cross join workspace
    left join winners on touches.person_key = winners.person_key
    where winners.person_key is null and not touches.is_test and touches.touched_date <= workspace.today
),

within_look_back as (
    select others_touches.*
    from others_touches
    cross join workspace
    where
        case
            when others_touches.touched_at_is_date
                then
                    others_touches.touched_date
                    >= cast(others_touches.last_touched_date - {{ look_back }} as date)
            else others_touches.touched_at >= others_touches.last_touched_at - {{ look_back }}
        end
),

journeys as (
    select
        'deal' as kind,
        deal_key as journey_key,
        true as is_won,
        position,
        touches,
        channel,
        touched_date,
        closed_date as won_date
    from deal_touches
    union all
    select
        'person' as kind,
        person_key as journey_key,
        false as is_won,
        row_number() over (partition by person_key order by touched_at, touch_key) as position,
        count(*) over (partition by person_key) as touches,
        channel,
        touched_date,
        cast(null as date) as won_date
    from within_look_back
)

select * from journeys
