-- The funnel, deals and spend of the large company; needs raw_* and openers (plain.py).
create table reached as
select
    lead_id,
    min(event_at) filter (to_stage = 'contacted') as contacted_at,
    min(event_at) filter (to_stage = 'mql') as mql_at,
    min(event_at) filter (to_stage = 'sql') as sql_at
from raw_stage_events
where deal_id is null
group by lead_id;

-- A won deal proves its lead, or the lead that its duplicate stands for.
create table proven as
select distinct openers.lead_id
from (select distinct lead_id from raw_deals where status = 'won') as won
inner join survivors on won.lead_id = survivors.lead_id
asof join openers on survivors.person = openers.person and survivors.created_at >= openers.created_at;

create table fct_leads as
select
    openers.lead_id,
    leads.created_at::date as day,
    leads.owner,
    coalesce(leads.utm_campaign, '(none)') as campaign,
    case leads.utm_medium
        when 'cpc' then 'Paid Search'
        when 'social' then 'Organic Social'
        when 'email' then 'Email'
        when 'organic' then 'Organic Search'
        when 'referral' then 'Referral'
        else 'Direct'
    end as channel,
    coalesce(reached.mql_at, reached.sql_at) is not null or proven.lead_id is not null as qualified,
    date_diff('second', leads.created_at, reached.contacted_at) as response_seconds
from openers
inner join leads on openers.lead_id = leads.lead_id
left join reached on openers.lead_id = reached.lead_id
left join proven on openers.lead_id = proven.lead_id;

create table fct_deals as
select
    deals.*,
    deals.closed_at::date as day,
    round(deals.amount * coalesce(fx.rate, 1), 2)::decimal(18, 2) as amount_usd
from raw_deals as deals
left join raw_fx as fx
    on deals.currency = fx.currency and coalesce(deals.closed_at, deals.created_at)::date = fx.date;

create table fct_spend as
select spend.*, (spend.cost * coalesce(fx.rate, 1))::decimal(18, 6) as cost_usd
from raw_spend as spend
left join raw_fx as fx on spend.currency = fx.currency and spend.date = fx.date;

-- Five models of attribution over the 90 days before a won deal closed; half-life of a week.
create table attributed as
with within_window as (
    select
        deals.deal_id, deals.day, deals.closed_at, deals.amount_usd as amount,
        touches.touch_id, touches.touch_at, touches.channel, touches.campaign
    from fct_deals as deals
    inner join raw_touches as touches
        on
            deals.lead_id = touches.lead_id
            and touches.touch_at <= deals.closed_at
            and touches.touch_at > deals.closed_at - interval 90 day
    where deals.status = 'won'
),
placed as (
    select
        *,
        row_number() over (partition by deal_id order by touch_at, touch_id) as place,
        count(*) over (partition by deal_id) as places,
        pow(0.5, date_diff('second', touch_at, closed_at) / 604800.0) as weight
    from within_window
)
select *, sum(weight) over (partition by deal_id) as all_weights from placed;

create table credited as
select
    day,
    channel,
    campaign,
    sum((place = places)::int) as won,
    sum((place = places)::int * amount) as revenue,
    sum((place = 1)::int * amount) as first_touch,
    sum(amount / places) as linear,
    sum(amount * case
        when places = 1 then 1
        when places = 2 then 0.5
        when place in (1, places) then 0.4
        else 0.2 / (places - 2)
    end) as position_based,
    sum(amount * weight / all_weights) as time_decay
from attributed
group by all;

create table daily as
with events as (
    select day, channel, campaign, count(*) as leads, count(*) filter (qualified) as qualified
    from fct_leads group by all
    union all by name
    select
        date as day, 'paid' as channel, campaign,
        sum(cost_usd) as cost, sum(clicks) as clicks, sum(impressions) as impressions
    from fct_spend group by all
    union all by name
    select day, channel, campaign, won, revenue from credited
)
select
    day, channel, campaign,
    sum(coalesce(leads, 0)) as leads, sum(coalesce(qualified, 0)) as qualified, sum(coalesce(cost, 0)) as cost,
    sum(coalesce(clicks, 0)) as clicks, sum(coalesce(impressions, 0)) as impressions, sum(coalesce(won, 0)) as won,
    sum(coalesce(revenue, 0)) as revenue
from events
group by all;
