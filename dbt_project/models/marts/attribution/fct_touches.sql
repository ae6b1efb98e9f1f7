{{ config(materialized=written_once()) }}
with touches as (
    select * from {{ ref('int_touches') }}
),

fact as (
    select
        touch_key,
        source,
        touch_id,
        person_key,
        touched_at,
        touched_at_is_date,
        touched_date,
        channel,
        campaign,
        campaign_id,
        campaign_key,
        campaign_match,
        channel_is_paid,
        is_direct,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        landing_page,
        click_id,
        click_id_type,
        is_test
    from touches
)

select * from fact
