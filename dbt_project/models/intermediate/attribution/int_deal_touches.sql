-- The touches that led to each won deal: its person's, within the look-back before it closed, in order.
-- The join comes first and is an equi-join on the person; windows then run over the few rows that are left.
{% set look_back = "workspace.lookback_days * interval '1' day" %}
with deals as (
    select * from {{ ref('int_deals') }} where counts_won
),

touches as (
    select * from {{ ref('int_touches') }} where not is_test
),

leads as (
    select * from {{ ref('int_leads') }}
),

workspace as (
    select lookback_days from {{ source('settings', 'workspace') }}
),

within_look_back as (
    select
        deals.deal_key,
        deals.lead_key,
        deals.closed_date,
        deals.created_at as deal_created_at,
        deals.created_at_is_date as deal_created_at_is_date,
        deals.created_date as deal_created_date,
        touches.touch_key,
        touches.touched_at,
        touches.touched_at_is_date,
        touches.touched_date,
        touches.channel,
        touches.campaign,
        touches.is_direct,
        touches.channel_is_paid
    from deals
    cross join workspace
    inner join touches
        on
            deals.person_key = touches.person_key
            and {{ not_after('touches.touched', 'deals.closed') }}
            and case
                when deals.closed_at_is_date or touches.touched_at_is_date
                    then touches.touched_date >= cast(deals.closed_date - {{ look_back }} as date)
                else touches.touched_at >= deals.closed_at - {{ look_back }}
            end
),

numbered as (
    select
        within_look_back.*,
        row_number() over (
            partition by within_look_back.deal_key order by within_look_back.touched_at, within_look_back.touch_key
        ) as position,
        count(*) over (partition by within_look_back.deal_key) as touches,
        max(within_look_back.touched_at) over (partition by within_look_back.deal_key) as last_touched_at,
        {{ not_after('within_look_back.touched', 'leads.created') }} as is_before_lead,
        {{ not_after('within_look_back.touched', 'within_look_back.deal_created') }} as is_before_deal
    from within_look_back
    left join leads on within_look_back.lead_key = leads.lead_key
),

anchored as (
    select
        deal_key,
        touch_key,
        touched_at,
        touched_date,
        closed_date,
        channel,
        campaign,
        is_direct,
        channel_is_paid,
        position,
        touches,
        {{ seconds_between('touched_at', 'last_touched_at') }} as seconds_before_last,
        coalesce(
            position in (
                1,
                max(case when is_before_lead then position end) over (partition by deal_key),
                max(case when is_before_deal then position end) over (partition by deal_key)
            ),
            false
        ) as is_anchor,
        coalesce(
            position = coalesce(
                max(case when not is_direct then position end) over (partition by deal_key), touches
            ),
            false
        ) as is_last_non_direct,
        coalesce(
            position = coalesce(
                max(case when channel_is_paid then position end) over (partition by deal_key), touches
            ),
            false
        ) as is_last_paid
    from numbered
)

select * from anchored
