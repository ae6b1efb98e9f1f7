-- Every word under which ad spend knows a campaign: its id, any name it ever had, the utm_campaign of its ads; names as
-- they are and as they are compared.
with ad_spend as (
    select * from {{ ref('int_ad_spend') }} where campaign_id is not null
),

campaigns as (
    select distinct {{ campaign_key() }} as campaign_key from ad_spend
),

words as (
    select distinct
        {{ campaign_key() }} as campaign_key,
        campaign_id,
        campaign_name,
        utm_campaign
    from {{ ref('int_ad_spend__judged') }}
    where not is_refused and campaign_id is not null
),

known as (
    select
        campaigns.campaign_key,
        -- an id that was only a name falls back to it
        case when words.campaign_id <> coalesce(words.campaign_name, '') then words.campaign_id end as campaign_id,
        words.campaign_name,
        words.utm_campaign
    from words
    inner join campaigns on words.campaign_key = campaigns.campaign_key
),

tokens as (
    select campaign_key, 'id' as kind, lower(campaign_id) as token from known
    union
    select campaign_key, 'name' as kind, lower(campaign_name) as token from known
    union
    select campaign_key, 'name' as kind, lower(utm_campaign) as token from known
    union
    select campaign_key, 'alike' as kind, {{ name_key('campaign_name') }} as token from known
    union
    select campaign_key, 'alike' as kind, {{ name_key('utm_campaign') }} as token from known
),

given as (
    select
        campaign_key,
        kind,
        token
    from tokens
    where token is not null
)

select * from given
