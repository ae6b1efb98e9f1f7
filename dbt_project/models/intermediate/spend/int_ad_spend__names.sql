-- The newest name of each campaign that has spend.
with levels as (
    select
        *,
        {{ campaign_key() }} as key_of_campaign
    from {{ ref('int_ad_spend__levels') }}
    where fate in ('total', 'breakdown') and campaign_id is not null
),

-- the day stands before the name so that the greatest text is the newest
names as (
    select
        key_of_campaign,
        substr(max(cast(date as varchar) || campaign_name), 11) as campaign_name
    from levels
    group by key_of_campaign
)

select * from names
