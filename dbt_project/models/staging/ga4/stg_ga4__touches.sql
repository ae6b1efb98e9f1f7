{{ config(enabled=source_is_enabled('ga4')) }}
-- One touch for each session: when it began, where it came from, whose it was.
with events as (
    select * from {{ ref('stg_ga4__events') }}
),

-- what can't be read belongs to no session and is refused by itself, with its file and line
session_events as (
    select
        *,
        case
            when _unreadable is null then user_pseudo_id || '.' || ga_session_id
            else 'unreadable.' || _file || '.' || cast(_row as varchar)
        end as session_id
    from events
    where _unreadable is not null or (user_pseudo_id is not null and ga_session_id is not null)
),

-- a device on which exactly one person ever logged in is that person's
devices as (
    select
        user_pseudo_id,
        max(user_id) as user_id
    from session_events
    group by user_pseudo_id
    having count(distinct user_id) = 1
),

sessions as (
    select
        session_id,
        max(user_pseudo_id) as user_pseudo_id,
        max(user_id) as user_id,
        min(event_at) as touched_at
    from session_events
    group by session_id
),

origins as (
    select *
    from session_events
    qualify
        row_number() over (
            partition by session_id
            order by origin_rank, event_at, utm_source, utm_medium, utm_campaign, page_location, _load_id, _row
        ) = 1
),

landing_pages as (
    select
        session_id,
        page_location
    from session_events
    where page_location is not null
    qualify row_number() over (partition by session_id order by event_at, page_location) = 1
),

touches as (
    select
        'ga4' as source,
        sessions.session_id as touch_id,
        sessions.touched_at,
        false as touched_at_is_date,
        coalesce(sessions.user_id, devices.user_id, sessions.user_pseudo_id) as person_id,
        origins.utm_source,
        origins.utm_medium,
        origins.utm_campaign,
        origins.utm_content,
        origins.utm_term,
        origins.campaign_id,
        landing_pages.page_location as landing_page,
        origins._file,
        origins._row,
        origins._load_id,
        origins._loaded_at,
        origins._unreadable
    from sessions
    inner join origins on sessions.session_id = origins.session_id
    left join landing_pages on sessions.session_id = landing_pages.session_id
    left join devices on sessions.user_pseudo_id = devices.user_pseudo_id
)

select * from touches
