-- The newest name of each campaign id wins everywhere, so that renaming a campaign doesn't split it.
with spend as (
    {{ union_sources('ad_spend') }}
),

named as (
    select
        coalesce(platform, '') as platform,
        campaign_id,
        campaign_name,
        row_number() over (
            partition by coalesce(platform, ''), campaign_id
            order by coalesce(date, end_date) desc nulls last, _load_id desc, campaign_name desc
        ) as place
    from spend
    where campaign_id is not null and campaign_name is not null
),

newest as (
    select
        platform,
        campaign_id,
        campaign_name
    from named
    where place = 1
)

select * from newest
