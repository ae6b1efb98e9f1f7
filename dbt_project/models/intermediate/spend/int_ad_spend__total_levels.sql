-- The level that is the total of a source and platform: the campaign table; without it the ad table; else the only one.
with daily as (
    select * from {{ ref('int_ad_spend__daily') }}
),

total_levels as (
    select
        source,
        coalesce(platform, '') as platform,
        case min(case spend_level when 'campaign' then 1 when 'ad' then 2 when 'ad_group' then 3 else 4 end)
            when 1 then 'campaign'
            when 2 then 'ad'
            when 3 then 'ad_group'
            else 'account'
        end as total_level
    from daily
    where spend_level is not null
    group by source, coalesce(platform, '')
)

select * from total_levels
