{{ config(meta={'parts': {'by': ['date'], 'of': {'int_ad_spend__daily': ['date']}}}) }}
-- Spend levels (contract, section 3): what each row is to the total. `total` rows are the money; `breakdown` rows say
-- where in it they stand; all others are left out, most of them with a warning.
with daily as {{ read_in_place() }} (
    select * from {{ ref('int_ad_spend__daily') }}
),

total_levels as (
    select * from {{ ref('int_ad_spend__total_levels') }}
),

campaigns as (
    select
        campaign_day,
        min(spend_key) as campaign_key,
        {{ spend_sums() }}
    from daily
    where spend_level = 'campaign'
    group by campaign_day
),

-- an ad group without a row of its own is as large as its ads
ad_groups as (
    select
        campaign_day,
        coalesce(ad_group_id, '') as ad_group_id,
        min(case when spend_level = 'ad_group' then spend_key end) as ad_group_key,
        {{ spend_sums("case when spend_level = 'ad_group' then", 'own_') }},
        {{ spend_sums("case when spend_level = 'ad' then", 'ads_') }}
    from daily
    where spend_level in ('ad_group', 'ad')
    group by campaign_day, coalesce(ad_group_id, '')
),

ad_groups_judged as (
    select
        *,
        ad_group_key is null or ({{ spend_fits('ads_', 'own_') }}) as ads_fit
    from ad_groups
),

broken_down as (
    select
        campaign_day,
        sum(case when ad_group_key is not null then own_spend_source else ads_spend_source end) as groups_spend_source,
        sum(case when ad_group_key is not null then own_impressions else ads_impressions end) as groups_impressions,
        sum(case when ad_group_key is not null then own_clicks else ads_clicks end) as groups_clicks
    from ad_groups_judged
    group by campaign_day
),

campaigns_judged as (
    select
        campaigns.campaign_day,
        campaigns.campaign_key,
        {{ spend_fits('groups_', '') }} as groups_fit
    from campaigns
    inner join broken_down on campaigns.campaign_day = broken_down.campaign_day
),

fates as (
    select
        daily.*,
        campaigns_judged.campaign_key,
        coalesce(ad_groups_judged.ad_group_key, campaigns_judged.campaign_key) as stands_on,
        case
            when daily.spend_level is null or daily.spend_level = total_levels.total_level then 'total'
            when total_levels.total_level <> 'campaign' or daily.spend_level = 'account' then 'other_level'
            when campaigns_judged.campaign_day is null then 'no_campaign'
            when not campaigns_judged.groups_fit then 'exceeds_campaign'
            when daily.spend_level = 'ad' and not ad_groups_judged.ads_fit then 'exceeds_ad_group'
            else 'breakdown'
        end as fate
    from daily
    left join total_levels
        on daily.source = total_levels.source and coalesce(daily.platform, '') = total_levels.platform
    left join campaigns_judged
        on case when daily.spend_level in ('ad_group', 'ad') then daily.campaign_day end = campaigns_judged.campaign_day
    left join ad_groups_judged
        on
            case when daily.spend_level = 'ad' then daily.campaign_day end = ad_groups_judged.campaign_day
            and coalesce(daily.ad_group_id, '') = ad_groups_judged.ad_group_id
)

select * from fates
