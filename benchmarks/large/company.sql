-- A made-up company of any size. Everything follows from hashes of row numbers, so the same sizes give the same rows.
-- Variables: n_leads, n_deals, n_touches, n_ads (ads that run every day).
create macro dice(number, salt) as (hash(number, salt) % 1000003) / 1000003.0;
create macro pick(options, number, salt) as options[1 + (hash(number, salt) % len(options))::int];

create table leads as
with numbered as (
    select
        range as i,
        dice(range, 'a') as source_dice,
        dice(range, 'b') as medium_dice,
        dice(range, 'c') as campaign_dice,
        dice(range, 'd') as time_dice
    from range(getvariable('n_leads'))
)
select
    'L' || lpad(i::varchar, 9, '0') as lead_id,
    'user' || (hash(i, 'e') % greatest(1, (getvariable('n_leads') * 0.96)::bigint)) || '@' || pick(
        ['gmail.com', 'yahoo.com', 'example.org', 'corp.example.com', 'mail.ru', 'outlook.com'], i, 'dom'
    ) as email,
    '+1' || (2000000000 + hash(i, 'p') % 7999999999) as phone,
    pick(['First', 'Anna', 'Ivan', 'Maria', 'Zhou', 'Amélie', 'Jürgen', 'Søren'], i, 'fn') as first_name,
    (['google', 'facebook', 'instagram', 'yandex', 'newsletter', 'linkedin', '(direct)', null])[
        1 + floor(source_dice * 8)::int
    ] as utm_source,
    (['cpc', 'social', 'email', 'organic', 'referral', null])[1 + floor(medium_dice * 6)::int] as utm_medium,
    case when campaign_dice >= 0.15 then 'cmp_' || (hash(i, 'cmp') % 600) end as utm_campaign,
    'content_' || (hash(i, 'cnt') % 4000) as utm_content,
    timestamp '2022-01-01' + to_seconds((time_dice * 94694400)::bigint) as created_at,
    'owner_' || (hash(i, 'own') % 120) as owner,
    pick(['US', 'DE', 'GB', 'FR', 'RU', 'BR'], i, 'co') as country,
    least(
        timestamp '2022-01-01' + to_seconds((time_dice * 94694400 + 86400 * 30 * medium_dice)::bigint),
        timestamp '2025-01-01'
    ) as updated_at
from numbered
order by created_at;

-- One in ten is delivered a second time, changed later.
create table lead_rows as
select * from leads
union all by name
select * replace (least(updated_at + interval 40 day, timestamp '2025-01-01 01:00:00') as updated_at)
from leads
where hash(lead_id, 're') % 10 = 0;

create table deals as
with chosen as (
    select lead_id, created_at, row_number() over (order by hash(lead_id, 'deal')) - 1 as n from leads
),
thrown as (
    select *, dice(n, 'x') as amount_dice, dice(n, 'y') as outcome_dice, dice(n, 'z') as wait_dice
    from chosen
    where n < getvariable('n_deals')
),
made as (
    select
        'D' || lpad(n::varchar, 8, '0') as deal_id,
        lead_id,
        pick(['USD', 'EUR', 'GBP'], n, 'cur') as currency,
        round(50 + 20000 * amount_dice * amount_dice * amount_dice, 2)::decimal(18, 2) as amount,
        1 + (hash(n, 'un') % 9)::int as units,
        case when outcome_dice < 0.45 then 'won' when outcome_dice < 0.8 then 'lost' else 'open' end as status,
        created_at + to_seconds((wait_dice * 20 * 86400)::bigint) as created_at,
        case
            when outcome_dice < 0.8
                then created_at + to_seconds((wait_dice * 20 * 86400 + amount_dice * 60 * 86400)::bigint)
        end as closed_at
    from thrown
)
-- What closes after the last day is still open.
select * replace (
    case when closed_at >= timestamp '2025-01-01' then 'open' else status end as status,
    case when closed_at < timestamp '2025-01-01' then closed_at end as closed_at
)
from made
where created_at < timestamp '2025-01-01';

create table stage_events as
with thrown_leads as (
    select lead_id, created_at, dice(lead_id, 'st') as r from leads
),
of_leads as (
    select
        lead_id,
        null::varchar as deal_id,
        unnest((['new', 'contacted', 'mql', 'sql'])[: reached]) as stage,
        unnest(([0, 1, 2, 3])[: reached]) as k,
        created_at,
        r
    from (
        select *, case when r < 0.25 then 1 when r < 0.6 then 2 when r < 0.85 then 3 else 4 end as reached
        from thrown_leads
    )
),
of_deals as (
    select
        lead_id,
        deal_id,
        unnest(['opened', 'proposal', 'closed_' || status]) as stage,
        unnest([4, 5, 6]) as k,
        created_at,
        dice(deal_id, 'st') as r
    from deals
),
both_kinds as (
    select * from of_leads
    union all by name
    select * from of_deals
)
select
    hash(coalesce(deal_id, lead_id), k)::varchar as event_id,
    lead_id,
    deal_id,
    stage as to_stage,
    least(
        created_at + to_seconds((k * 86400 * (0.5 + 8 * r * dice(lead_id, k)))::bigint), timestamp '2025-01-01'
    ) as event_at,
    'owner_' || (hash(lead_id, 'own') % 120) as changed_by
from both_kinds;

create table touches as
with numbered as (
    select
        range as i,
        (hash(range, 'tl') % getvariable('n_leads'))::bigint as lead_number,
        dice(range, 't1') as time_dice,
        dice(range, 't2') as channel_dice
    from range(getvariable('n_touches'))
),
leads_by_number as (
    select lead_id, substr(lead_id, 2)::bigint as lead_number, created_at from leads
)
select
    'T' || numbered.i as touch_id,
    leads_by_number.lead_id,
    least(
        leads_by_number.created_at + to_seconds(((time_dice * 150 - 110) * 86400)::bigint), timestamp '2025-01-01'
    ) as touch_at,
    (['paid_search', 'paid_social', 'email', 'organic', 'referral', 'direct'])[
        1 + floor(channel_dice * 6)::int
    ] as channel,
    'cmp_' || (hash(numbered.i, 'tc') % 600) as campaign,
    pick(['google', 'facebook', 'yandex', 'newsletter'], numbered.i, 'ts') as source,
    'https://www.example.com/landing/' || (hash(numbered.i, 'lp') % 200)
    || '?gclid=' || hash(numbered.i, 'g') as landing_page
from numbered
inner join leads_by_number using (lead_number);

create table spend as
with ads as (
    select range as ad, range % 12 as account, range % 3 as platform from range(getvariable('n_ads'))
),
days as (
    select range::date as date from range(date '2022-01-01', date '2025-01-01', interval 1 day)
),
thrown as (
    select *, dice(ad * 10000 + (date - date '2022-01-01'), 'sp') as r from ads cross join days
)
select
    (['google_ads', 'facebook', 'yandex_direct'])[platform + 1] as platform,
    'acc_' || account as account_id,
    'cmp_' || (ad % 600) as campaign,
    'adset_' || (ad // 4) as adset,
    'ad_' || ad as ad_id,
    date,
    (1 + r * 5000)::int as impressions,
    (r * r * 150)::int as clicks,
    round(r * r * 90, 2)::decimal(18, 2) as cost,
    (['USD', 'EUR', 'GBP'])[account % 3 + 1] as currency
from thrown;

create table fx as
select
    days.range::date as date,
    currencies.code as currency,
    round(0.8 + 0.3 * dice(epoch(days.range)::bigint, currencies.code), 6)::decimal(18, 6) as rate
from range(date '2022-01-01', date '2025-01-02', interval 1 day) as days,
    unnest(['EUR', 'GBP']) as currencies (code);
