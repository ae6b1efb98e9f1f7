-- The KPI tables of the demo company by one plain DuckDB script: no text landing, no incremental load, no quarantine,
-- no checks, no documentation, and the company's rules written into the SQL. What the whole run is measured against.
-- Variables: extracts (folder), today. Tables made before by plain.py: costs, cost_events (from the workbook).

-- exchange rates, dense: the latest of the seven days before
create table rates as
select days.date, published.currency, arg_max(published.rate, published.date) as rate
from (select unnest(generate_series(date '2023-06-01', getvariable('today') + interval 1 day, interval 1 day))::date as date) as days
inner join (
    select "Date" as date, "Currency" as currency, cast("EUR per unit" as decimal(18,6)) as rate
    from read_csv(getvariable('extracts') || '/sheets/fx_rates.csv', header = true, all_varchar = false)
) as published on published.date between days.date - 7 and days.date
group by all
union all
select unnest(generate_series(date '2023-06-01', getvariable('today') + interval 1 day, interval 1 day))::date, 'EUR', 1.000000;

create macro channel_of(source, medium, given) as case
    when given = 'dealers' then 'Dealers'
    when source = 'google' and medium in ('cpc', 'display') then 'Google Ads'
    when source in ('facebook', 'instagram') and medium = 'paid_social' then 'Meta Ads'
    when source = 'linkedin' and medium = 'paid_social' then 'LinkedIn Ads'
    when source = 'partner-raumwerk' then 'Architects'
    when medium = 'organic' then 'Organic Search'
    when medium = 'email' then 'Email'
    when medium = 'social' then 'Organic Social'
    when source is null then coalesce(given, 'unattributed')
    else 'unmapped'
end;
create macro sku(name) as map {'Desk One': 'DSK-ONE', 'Desk Pro': 'DSK-PRO', 'Chair Flow': 'CHR-FLOW'}[name];
create macro normal_phone(phone) as
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(phone, '\(0\)', ''), '[^0-9+]', '', 'g'), '^00', '+'), '^0', '+49');

------------------------------------------------------------------------------------------------------------- spend
create table spend as
with google as (
    select id, date, max_by(clicks, _fivetran_synced) as clicks, max_by(impressions, _fivetran_synced) as impressions,
        max_by(cost_micros, _fivetran_synced) as micros
    from read_csv(getvariable('extracts') || '/google_ads/google_ads_campaign_stats_data_*.csv', types = {'cost_micros': 'bigint', 'id': 'varchar'})
    group by _fivetran_id, customer_id, id, date
), meta as (
    select substr(ad_id, 1, 14) as id, try_cast(date as date) as date, inline_link_clicks::bigint as clicks,
        impressions::bigint as impressions, try_cast(spend as decimal(18,6)) as spend
    from read_csv(getvariable('extracts') || '/facebook_ads/facebook_ads_basic_ad_data_2*.csv', all_varchar = true, filename = true)
    qualify filename = max(filename) over (partition by account_id, date)
), weeks as (
    select "Kampagnen-ID" as id, strptime("Von", '%d.%m.%Y')::date as first, strptime("Bis", '%d.%m.%Y')::date as last,
        "Klicks"::bigint as clicks, "Impressionen"::bigint as impressions,
        replace(replace(regexp_replace("Kosten (EUR)", '[€ ]', '', 'g'), '.', ''), ',', '.')::decimal(18,2) as spend
    from read_csv(getvariable('extracts') || '/sheets/linkedin_ads_*.csv', all_varchar = true, delim = ';')
    where "Von" is not null
), linkedin as (  -- by day: what doesn't divide goes to the first days
    select id, first + i::integer as date, clicks // n + (i < clicks % n)::int as clicks,
        impressions // n + (i < impressions % n)::int as impressions,
        ((spend * 100)::bigint // n + (i < (spend * 100)::bigint % n)::int) / 100.0 as spend
    from (select *, last - first + 1 as n, unnest(range(last - first + 1)) as i from weeks where spend >= 0)
)
select 'Google Ads' as channel, id as campaign_id, google.date, clicks, impressions,
    ((micros::decimal(18,0) * 0.000001)::decimal(18,6) * rate)::decimal(18,6) as spend
from google inner join rates on rates.date = google.date and rates.currency = 'USD'
union all
select 'Meta Ads', id, date, clicks, impressions, spend from meta where spend >= 0 and date <= getvariable('today') + 1
union all
select 'LinkedIn Ads', id, date, clicks, impressions, spend::decimal(18,6) from linkedin;

------------------------------------------------------------------------------------------------------------- leads
create table all_leads as
with contacts as (
    select *
    from read_csv(getvariable('extracts') || '/hubspot/contact_data_*', all_varchar = true, ignore_errors = true, filename = true)
    qualify row_number() over (partition by id order by _fivetran_synced desc) = 1
), dealers as (
    select "Auftrag" as id, strptime("Datum", '%d.%m.%Y') as created, lower("E-Mail") as email, "Telefon" as phone,
        sku("Artikel") as product, "Status" as status
    from read_csv(getvariable('extracts') || '/sheets/dealer_orders_*.csv', all_varchar = true, delim = ';')
    where "Status" <> 'Testauftrag'
)
select 'hubspot:' || id as lead, try_cast(property_createdate as timestamp) as created_utc,
    timezone('Europe/Berlin', timezone('UTC', created_utc)) as created, created::date as date,
    lower(trim(property_email)) as email, normal_phone(property_phone) as phone,
    channel_of(property_utm_source, property_utm_medium, case when property_utm_source is null and property_hs_analytics_source = 'DIRECT_TRAFFIC' then 'Direct' end) as channel,
    property_utm_id as campaign_id, coalesce(property_utm_campaign, '(none)') as campaign,
    property_hubspot_owner_id as owner, property_product_interest as product,
    date_diff('second', created_utc, property_hs_sa_first_engagement_date::timestamp) as response_seconds,
    property_lifecyclestage in ('salesqualifiedlead', 'opportunity', 'customer') or property_lead_grade in ('A - High', 'B - Medium')
        or property_hs_lifecyclestage_salesqualifiedlead_date is not null as is_qualified,
    coalesce(property_disqualified_reason = 'Duplicate', false) as is_marked, coalesce(property_utm_source = 'test', false) as is_test
from contacts
where _fivetran_deleted = 'FALSE' and created_utc < getvariable('today') + interval 2 day
union all
select 'dealers:' || id, created, created, created::date, email, normal_phone(phone), 'Dealers', null, '(none)', 'Anna Vogel',
    product, null, status in ('Bezahlt', 'Angebot'), false, false
from dealers;

-- the same e-mail or telephone is the same person; three rounds are enough for the demo's people
create table people as select lead, email, phone, lead as person from all_leads;
create or replace table people as select lead, email, phone, coalesce(min(person) over (partition by email), person) as person
    from people where email is not null union all select lead, email, phone, person from people where email is null;
create or replace table people as select lead, email, phone, min(person) over (partition by phone) as person
    from people where phone is not null union all select lead, email, phone, person from people where phone is null;
create or replace table people as select lead, email, phone, min(person) over (partition by email) as person
    from people where email is not null union all select lead, email, phone, person from people where email is null;

create table leads as
with recursive ordered as (
    select all_leads.*, people.person, row_number() over (partition by people.person order by is_marked, created_utc, lead) as number
    from all_leads inner join people using (lead)
    where not is_test
), kept as (  -- within 90 days of the last lead that counts, a further one of the same person is a duplicate
    select person, number, created_utc as anchor, lead as survivor, not is_marked as counts from ordered where number = 1
    union all
    select ordered.person, ordered.number,
        case when ordered.is_marked or ordered.created_utc <= kept.anchor + interval 90 day then kept.anchor else ordered.created_utc end,
        case when ordered.is_marked or ordered.created_utc <= kept.anchor + interval 90 day then kept.survivor else ordered.lead end,
        not ordered.is_marked and ordered.created_utc > kept.anchor + interval 90 day
    from kept inner join ordered on ordered.person = kept.person and ordered.number = kept.number + 1
)
select ordered.*, kept.counts, kept.survivor from ordered inner join kept using (person, number);

------------------------------------------------------------------------------------------------------------- deals
create table deals as
with newest as (
    select * from read_csv(getvariable('extracts') || '/hubspot/deal_data_*', all_varchar = true)
    qualify row_number() over (partition by deal_id order by _fivetran_synced desc) = 1
), entered as (
    select deal_id, max_by(date_entered::timestamp, _fivetran_synced) filter (value in ('closedwon', 'closedlost')) as closed
    from read_csv(getvariable('extracts') || '/hubspot/deal_stage_data_*.csv', all_varchar = true)
    group by deal_id
), links as (
    select deal_id, any_value('hubspot:' || contact_id) as lead
    from read_csv(getvariable('extracts') || '/hubspot/deal_contact_data_*.csv', all_varchar = true)
    group by deal_id
), lines as (  -- a deal without amount is worth what its lines are worth
    select "Deal" as deal_id, sum("Amount"::decimal(18,2)) as amount
    from read_csv(getvariable('extracts') || '/sheets/deal_lines.csv', all_varchar = true)
    group by "Deal"
), hubspot as (
    select 'hubspot:' || newest.deal_id as deal, links.lead, property_createdate::timestamp as created_utc,
        case deal_pipeline_stage_id when 'closedwon' then 'won' when 'closedlost' then 'lost' else 'open' end as status,
        property_closedate::timestamp as stated, stated is null or stated::date > getvariable('today') as is_estimated,
        case when is_estimated then coalesce(entered.closed, property_hs_lastmodifieddate::timestamp) else stated end as closed_utc,
        timezone('Europe/Berlin', timezone('UTC', closed_utc))::date as closed,
        coalesce(property_deal_currency_code, 'EUR') as currency, coalesce(property_amount::decimal(18,2), lines.amount) as amount,
        property_number_of_units::decimal(18,2) as units, property_sku as product, owner_id as owner
    from newest
    left join entered using (deal_id)
    left join links using (deal_id)
    left join lines using (deal_id)
    where is_deleted = 'false' and (property_amount is null or try_cast(property_amount as decimal(18,2)) is not null)
), dealers as (
    select 'dealers:' || "Auftrag" as deal, 'dealers:' || "Auftrag" as lead, strptime("Datum", '%d.%m.%Y') as created_utc,
        case "Status" when 'Bezahlt' then 'won' when 'Storniert' then 'lost' else 'open' end as status,
        strptime("Abschluss", '%d.%m.%Y') as closed_utc,
        replace(replace("Betrag", '.', ''), ',', '.')::decimal(18,2) as amount, "Menge"::decimal(18,2) as units, sku("Artikel") as product
    from read_csv(getvariable('extracts') || '/sheets/dealer_orders_*.csv', all_varchar = true, delim = ';')
    where "Status" <> 'Testauftrag' and "Betrag" <> '#REF!'
)
select hubspot.* exclude (amount, stated, currency), (hubspot.amount * rates.rate)::decimal(18,2) as amount
from hubspot inner join rates on rates.currency = hubspot.currency
    and rates.date = case when status = 'open' then timezone('Europe/Berlin', timezone('UTC', created_utc))::date else closed end
union all by name
select *, 'Anna Vogel' as owner, closed_utc::date as closed, false as is_estimated from dealers;

create table refunds as
select 'hubspot:' || "Deal" as deal, strptime("Datum", '%d.%m.%Y')::date as date,
    (replace(replace("Betrag", '.', ''), ',', '.')::decimal(18,2) * rate)::decimal(18,2) as amount
from read_csv(getvariable('extracts') || '/sheets/refunds.csv', all_varchar = true, delim = ';')
inner join rates on rates.currency = "Währung" and rates.date = strptime("Datum", '%d.%m.%Y')::date
where 'hubspot:' || "Deal" in (select deal from deals where status = 'won');

create table touches as  -- the last touch of a won deal's person in the 90 days before it closed
with sessions as (
    select *
    from read_json(getvariable('extracts') || '/website/sessions_*.jsonl.gz',
        columns = {session: 'varchar', time: 'timestamp', person: 'struct(email varchar, cookie varchar)',
            utm: 'struct(source varchar, medium varchar, campaign varchar, content varchar)'})
    where time < getvariable('today') + interval 2 day
)
select deals.deal, arg_max(channel_of(utm.source, utm.medium, 'Direct'), (time, session)) as channel,
    arg_max(coalesce(utm.campaign, '(none)'), (time, session)) as campaign
from deals
inner join people using (lead)
inner join (select distinct person, email from people where email is not null) as addresses on addresses.person = people.person
inner join sessions on lower(sessions.person.email) = addresses.email
    and sessions.time between deals.closed_utc - interval 90 day and deals.closed_utc
where deals.status = 'won'
group by deals.deal;

create table won as
select deals.*, leads.person, coalesce(touches.channel, survivors.channel, 'unattributed') as channel,
    coalesce(touches.campaign, survivors.campaign, '(none)') as campaign,
    row_number() over (partition by coalesce(leads.person, deal) order by closed_utc, deal) = 1 as is_new_customer,
    (deals.amount * map {'DSK-ONE': 0.44, 'DSK-PRO': 0.47, 'DSK-MINI': 0.31, 'CHR-FLOW': 0.42, 'PNL-ACO': 0.52,
        'SRV-CARE': 0.78}[deals.product])::decimal(18,2) as gross_profit
from deals
left join leads using (lead)
left join leads as survivors on survivors.lead = leads.survivor
left join touches using (deal)
where status = 'won' and closed <= getvariable('today');

------------------------------------------------------------------------------------------------------------- KPIs
-- one row for every event, in every dimension it has; every KPI table is a group by over it
create table events as
select date, channel, '(none)' as campaign, null as owner, null as product, impressions, clicks, spend as ad_spend, null as leads,
    null as qualified_leads, null as response_seconds, null as won_deals, null as lost_deals, null as amount, null as refund,
    null as units, null as gross_profit, null as new_customers, null as cycle_days, null as marketing_cost, null as sales_cost
from spend
union all by name
select date, channel, campaign, owner, product, 1 as leads,
    (is_qualified or (lead like 'hubspot:%' and lead in (select lead from deals)))::int as qualified_leads,
    case when response_seconds >= 0 then response_seconds end as response_seconds
from leads where counts
union all by name
select closed as date, channel, campaign, owner, product, 1 as won_deals, amount, units, gross_profit, is_new_customer::int as new_customers,
    case when not is_estimated and closed_utc >= created_utc then date_diff('second', created_utc, closed_utc) / 86400.0 end as cycle_days
from won
union all by name
select deals.closed as date, leads.channel, leads.campaign, deals.owner, deals.product, 1 as lost_deals
from deals inner join leads using (lead)
where deals.status = 'lost' and leads.counts and deals.closed <= getvariable('today')
union all by name
select refunds.date, channel, campaign, owner, product, refunds.amount as refund from refunds inner join won using (deal)
union all by name
select days.date, coalesce(channel, 'unattributed') as channel, '(none)' as campaign,
    case when department = 'marketing' then amount * rate / days.n end as marketing_cost,
    case when department = 'sales' then amount * rate / days.n end as sales_cost
from (
    select *, last - first + 1 as n, unnest(generate_series(first, last, interval 1 day))::date as date from costs
) as days
inner join rates on rates.currency = days.currency and rates.date = days.date;

create table kpis as
select grain, date_trunc(grain, date)::date as period_start, channel, campaign, owner as sales_rep, product,
    grouping(channel, campaign, sales_rep, product) as level,
    sum(impressions)::bigint as impressions, sum(clicks)::bigint as clicks, sum(ad_spend) as ad_spend,
    sum(marketing_cost) + coalesce(sum(ad_spend), 0) as marketing_cost, sum(sales_cost) as sales_cost,
    sum(leads)::bigint as leads, sum(qualified_leads)::bigint as qualified_leads, sum(qualified_leads) / sum(leads) as qualification_rate,
    sum(won_deals)::bigint as won_deals, sum(lost_deals)::bigint as lost_deals,
    coalesce(sum(amount), 0) - coalesce(sum(refund), 0) as revenue, sum(units) as units_sold, sum(gross_profit) as gross_profit,
    sum(amount) / count(amount) as average_check, sum(won_deals) / (sum(won_deals) + sum(lost_deals)) as win_rate,
    sum(new_customers)::bigint as new_customers, revenue / sum(ad_spend) as roas,
    median(response_seconds) / 60 as median_response_minutes, median(cycle_days) as median_sales_cycle_days
from events, (select unnest(['day', 'week', 'month', 'quarter', 'year']) as grain)
group by grouping sets ((grain, period_start), (grain, period_start, channel), (grain, period_start, channel, campaign),
    (grain, period_start, sales_rep), (grain, period_start, product));

create table kpi_total as select * exclude (level, channel, campaign, sales_rep, product) from kpis where level = 15;
create table kpi_by_channel as select * exclude (level, campaign, sales_rep, product) from kpis where level = 7;
create table kpi_by_campaign as select * exclude (level, sales_rep, product) from kpis where level = 3;
create table kpi_by_sales_rep as select * exclude (level, channel, campaign, product) from kpis where level = 13;
create table kpi_by_product as select * exclude (level, channel, campaign, sales_rep) from kpis where level = 14;
