{%- set kinds = [
    'paid', 'display', 'social', 'video', 'search', 'email', 'affiliates', 'referral', 'audio', 'sms', 'push',
] -%}
-- The built-in rules, in the order of GA4's default channel groups, over every distinct source, medium and platform.
-- What the folder of a platform says about itself goes before what the list of known names says.
with origins as (
    select distinct
        utm_source,
        utm_medium,
        platform,
        click_id_type,
        {{ click_platform('click_id_type') }} as click_platform,
        {{ origin_name('utm_source') }} as source_name,
        {{ origin_name('platform') }} as platform_name,
        {{ origin_name(click_platform('click_id_type')) }} as click_name
    from {{ ref('int_channels__origins') }}
),

declared as (
    {{ platform_channels() }}
),

names as (
    select source_name as name from origins
    union
    select platform_name as name from origins
    union
    select click_name as name from origins
),

categories as (
    select
        names.name,
        min(known.category) as category
    from names
    inner join {{ ref('builtin_sources') }} as known
        on
            names.name = known.source_name
            or names.name like known.source_name || '.%'
            or names.name like '%.' || known.source_name || '.%'
    group by names.name
),

mediums as (
    select
        origins.utm_medium,
        {%- for kind in kinds %}
        max(case when known.kind = '{{ kind }}' then 1 else 0 end) = 1 as is_{{ kind }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from (select distinct utm_medium from origins) as origins
    inner join {{ ref('builtin_mediums') }} as known on origins.utm_medium like known.medium_pattern
    group by origins.utm_medium
),

decided as (
    select
        origins.utm_source,
        origins.utm_medium,
        origins.platform,
        origins.click_id_type,
        case
            -- a paid click is one whatever else is said, but for links in e-mails and the like that carry it on
            when
                origins.click_platform is not null
                and not coalesce(mediums.is_paid or mediums.is_display, false)
                and not coalesce(mediums.is_email or mediums.is_affiliates or mediums.is_sms or mediums.is_push, false)
                and coalesce(by_source.category, '') not in ('email', 'sms', 'push')
                then coalesce(
                    click_declared.channel,
                    case by_click.category
                        when 'search' then 'Paid Search'
                        when 'social' then 'Paid Social'
                        when 'video' then 'Paid Video'
                    end,
                    'Paid Other'
                )
            when by_source.category = 'direct' then 'Direct'
            when mediums.is_paid and source_declared.channel is not null then source_declared.channel
            when mediums.is_paid and by_source.category = 'shopping' then 'Paid Shopping'
            when mediums.is_paid and by_source.category = 'search' then 'Paid Search'
            when mediums.is_paid and by_source.category = 'social' then 'Paid Social'
            when mediums.is_paid and by_source.category = 'video' then 'Paid Video'
            when mediums.is_display then 'Display'
            when mediums.is_paid then 'Paid Other'
            when by_source.category = 'ai' then 'AI Assistants'
            when by_source.category = 'shopping' then 'Organic Shopping'
            when by_source.category = 'social' or mediums.is_social then 'Organic Social'
            when by_source.category = 'video' or mediums.is_video then 'Organic Video'
            when by_source.category = 'email' or mediums.is_email then 'Email'
            when mediums.is_referral then 'Referral'
            when by_source.category = 'search' or mediums.is_search then 'Organic Search'
            when mediums.is_affiliates then 'Affiliates'
            when mediums.is_audio then 'Audio'
            when by_source.category = 'sms' or mediums.is_sms then 'SMS'
            when by_source.category = 'push' or mediums.is_push then 'Mobile Push'
            when platform_declared.channel is not null then platform_declared.channel
            when by_platform.category = 'search' then 'Paid Search'
            when by_platform.category = 'social' then 'Paid Social'
            when by_platform.category = 'video' then 'Paid Video'
            when by_platform.category = 'shopping' then 'Paid Shopping'
            when origins.click_id_type = 'fbclid' and coalesce(origins.utm_source, origins.utm_medium) is null
                then 'Organic Social'
        end as channel
    from origins
    left join categories as by_source on origins.source_name = by_source.name
    left join categories as by_platform on origins.platform_name = by_platform.name
    left join categories as by_click on origins.click_name = by_click.name
    left join declared as source_declared
        on origins.utm_source = source_declared.name and source_declared.kind = 'utm_source'
    left join declared as platform_declared
        on origins.platform = platform_declared.name and platform_declared.kind = 'platform'
    left join declared as click_declared
        on origins.click_platform = click_declared.name and click_declared.kind = 'platform'
    left join mediums on origins.utm_medium = mediums.utm_medium
)

select * from decided where channel is not null
