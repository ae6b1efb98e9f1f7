{{ config(enabled=source_is_enabled('ga4'), materialized='table') }}
-- Events with their session and their origin. A table, so that the nested parameters are parsed once.
-- Origins in the order in which they are believed; one is taken whole, never mixed with another.
{% set fields = ['utm_source', 'utm_medium', 'utm_campaign', 'campaign_id', 'utm_content', 'utm_term'] %}
{% set click = 'session_traffic_source_last_click.' %}
{% set names = [
    ['collected_traffic_source.manual_source', 'collected_traffic_source.manual_medium',
     'collected_traffic_source.manual_campaign_name', 'collected_traffic_source.manual_campaign_id',
     'collected_traffic_source.manual_content', 'collected_traffic_source.manual_term'],
    [none, none, click ~ 'google_ads_campaign.campaign_name', click ~ 'google_ads_campaign.campaign_id', none, none],
    [click ~ 'manual_campaign.source', click ~ 'manual_campaign.medium', click ~ 'manual_campaign.campaign_name',
     click ~ 'manual_campaign.campaign_id', click ~ 'manual_campaign.content', click ~ 'manual_campaign.term'],
    [click ~ 'cross_channel_campaign.source', click ~ 'cross_channel_campaign.medium',
     click ~ 'cross_channel_campaign.campaign_name', click ~ 'cross_channel_campaign.campaign_id', none, none],
    ['source', 'medium', 'campaign', 'campaign_id', 'content', 'term'],
    ['traffic_source.source', 'traffic_source.medium', 'traffic_source.name', none, none, none],
] %}
{% set ad_click %}coalesce(
    {{ adapter.quote('collected_traffic_source.gclid') }},
    {{ adapter.quote(names[1][2]) }},
    {{ adapter.quote(names[1][3]) }}
) is not null{% endset %}
{% set first_session = "ga_session_number = '1'" %}

with events as (
    select * from {{ source('ga4', 'events') }}
),

parsed as (
    select
        *,
        {{ key_values('event_params') }} as params,
        {{ timestamp_from_micros('try_cast(event_timestamp as bigint)') }} as event_at
    from events
),

in_sessions as (
    select
        *,
        {{ value_of('params', 'ga_session_id') }} as ga_session_id,
        {{ value_of('params', 'ga_session_number') }} as ga_session_number,
        {{ value_of('params', 'page_location') }} as page_location
    from parsed
),

ranked as (
    select
        *,
        case
            when {{ adapter.quote(names[0][0]) }} is not null then 1
            when {{ ad_click }} then 2
            when {{ adapter.quote(names[2][0]) }} is not null then 3
            when {{ adapter.quote(names[3][0]) }} is not null then 4
            when {{ value_of('params', 'source') }} is not null then 5
            when {{ adapter.quote(names[5][0]) }} is not null and {{ first_session }} then 6
            else 7
        end as origin_rank
    from in_sessions
),

described as (
    select
        user_pseudo_id,
        user_id,
        ga_session_id,
        event_at,
        page_location,
        origin_rank,
        {%- for field in fields %}
        {%- set position = loop.index0 %}
        case origin_rank
            {%- for origin in names if origin[position] %}
            when {{ names.index(origin) + 1 }}
                then {{
                    adapter.quote(origin[position]) if '.' in origin[position] else value_of('params', origin[position])
                }}
            {%- endfor %}
            {%- if field == 'utm_source' %}
            when 2 then 'google'
            when 7 then '(direct)'
            {%- elif field == 'utm_medium' %}
            when 2 then 'cpc'
            when 7 then '(none)'
            {%- endif %}
        end as {{ field }},
        {%- endfor %}
        _file,
        _row,
        _load_id,
        _loaded_at,
        _unreadable
    from ranked
)

select * from described
