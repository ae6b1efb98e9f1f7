-- 100 days up to yesterday: 3 leads a day, 100 EUR a day on one campaign, every tenth lead a won deal of 1,000 EUR.
-- 300 leads, 10,000 EUR of spend, 30 deals, 30,000 EUR less one refund of 100. Only the columns that checks look at.
create schema settings; create schema landing; create schema intermediate; create schema mart;

create table settings.workspace as
select date '2025-06-30' as today, timestamp '2025-06-30 10:00:00' as now_at, 'EUR' as reporting_currency,
    date '1990-01-01' as history_from;
create table settings.sources as select 'crm' as source, 'UTC' as timezone, 'EUR' as currency;
create table settings.stages as
select * from (values ('Paid', 'paid', 'won'), ('Fresh', 'fresh', 'new')) as s (stage, stage_lower, meaning);

create table landing.files as
select
    1 as load_id, 'sheets' as source, 'leads' as table_name, 'leads.csv' as file, 303 as rows_in, 301 as rows_landed, true as is_current, 'leads.csv' as feed,
    0 as rows_replaced, 1 as rows_refused, 0 as rows_filtered, 1 as rows_empty, 0 as rows_totals, 0 as totals_doubted,
    null::varchar as currency_doubt;
create table landing.refused_files (source varchar, table_name varchar, file varchar, refused_at timestamp, reason varchar);
create table landing.known_columns as
select 'sheets' as source, 'leads' as table_name, '' as feed, name as column_name, kind, true as in_every_file,
    1 as since_load_id
from (values ('Id', 'text'), ('Created', 'date')) as columns (name, kind);
create table landing.file_columns as
select 1 as load_id, source, table_name, feed, 'leads.csv' as file, column_name, kind, false as may_be_absent
from landing.known_columns;

create table intermediate.int_quarantine as
select
    'leads' as entity, 'crm' as source, 'leads' as table_name, 'leads.csv' as file, cast(1 as bigint) as load_id,
    cast(999 as bigint) as line,
    'created_at' as column_name, 'ivan@example.com' as value, 'not a time' as reason;

create table intermediate.int_leads__rows as
select
    'crm' as source, 'L' || i as lead_id, date '2025-06-29' - cast(i // 3 as integer) as created_date, 'fresh' as stage,
    null::timestamp as updated_at, false as is_deleted, 'leads.csv' as _file, i + 2 as _row, 1 as _load_id
from range(300) as t (i)
union all
select 'crm', 'L999', null, 'fresh', null, false, 'leads.csv', 999, 1;

create table intermediate.int_leads as
select
    source || ':' || lead_id as lead_key, source, lead_id, cast(created_date as timestamp) as created_at, created_date,
    'Ann' as owner, stage, 'new' as stage_reached, cast(600 as bigint) as response_seconds, 'Google Ads' as channel,
    'Brand' as campaign, 'google' as utm_source, 'cpc' as utm_medium, false as is_deleted, false as is_test,
    false as is_duplicate, null::varchar as duplicate_of, true as counts
from intermediate.int_leads__rows where created_date is not null;

create table intermediate.int_constant_dates (source varchar, created_date date, leads bigint);

create table intermediate.int_ad_spend__rows as
select
    'crm' as source, date '2025-06-29' - cast(i as integer) as date, cast(100 as decimal(18, 6)) as spend,
    'EUR' as currency, null::varchar as spend_level, 'spend.csv' as _file, i + 2 as _row, 1 as _load_id,
    'google' as platform, 'Google Ads' as channel, '12' as account_id, 'c1' as campaign_id, null::varchar as ad_group_id,
    null::varchar as ad_id, date as first_day, date as last_day, false as is_refused
from range(100) as t (i);

create table intermediate.int_ad_spend__judged as from intermediate.int_ad_spend__rows;
create table intermediate.int_ad_spend as
select
    'crm|' || date as spend_key, source, date, 'google' as platform, '12' as account_id,
    'c1' as campaign_id, 'Brand' as campaign, 'Google Ads' as channel, 'google' as utm_source, 'cpc' as utm_medium,
    cast(1000 as bigint) as impressions, cast(50 as bigint) as clicks, 'EUR' as currency, spend as spend_source, spend, false as is_test, true as counts
from intermediate.int_ad_spend__rows;

create table intermediate.int_fx_rates_daily as
select date, 'USD' as currency, cast(0.9 as decimal(18, 6)) as rate from intermediate.int_ad_spend;

create table intermediate.int_marketing_costs__rows as
select 'crm' as source, 'costs.csv' as _file, 2 as _row, 1 as _load_id, cast(100 as decimal(18, 6)) as amount, 'EUR' as currency,
    'content' as cost_type, 'marketing' as department, 'Blog' as channel, null::varchar as campaign,
    date '2025-06-01' as first_day, date '2025-06-10' as last_day, false as is_refused;
create table intermediate.int_marketing_costs__judged as from intermediate.int_marketing_costs__rows;
create table intermediate.int_marketing_costs as
select
    'k' || i as cost_key, date '2025-06-01' + cast(i as integer) as date, 'content' as cost_type,
    'marketing' as department, 'Blog' as channel, cast(10 as decimal(18, 2)) as amount,
    cast(10 as decimal(18, 6)) as amount_source, 'EUR' as currency, 'crm' as source, true as counts
from range(10) as t (i);

create table intermediate.int_shared_keys (
    entity varchar, source varchar, id varchar, file varchar, other_file varchar, may_be_one boolean
);
create table landing.known_people (kind varchar, fingerprint ubigint);
insert into landing.known_people select 'name', hash('ann abel') union all select 'phone', hash('491510000001');
create table intermediate.int_shared_contacts (contact varchar, leads bigint, people bigint);
create table intermediate.int_links (entity varchar, source varchar, id varchar, is_ambiguous boolean);

create table intermediate.int_deals__rows as
select
    source, 'D' || lead_id as deal_id, created_date, 'Paid' as stage, null::varchar as status,
    cast(1000 as decimal(18, 2)) as amount, null::varchar as currency, null::timestamp as updated_at,
    'deals.csv' as _file, _row, 1 as _load_id
from intermediate.int_leads__rows where created_date is not null and _row % 10 = 2;

create table intermediate.int_deals as
select
    source || ':' || deal_id as deal_key, source, created_date, created_date as closed_date, 'Ann' as owner, stage,
    'won' as status, true as is_won, false as is_lost, amount as amount_source, amount, 'EUR' as currency,
    'Google Ads' as channel, 'Brand' as campaign, cast(86400 as bigint) as cycle_seconds, 'crm:L0' as lead_key, false as lead_is_unknown,
    false as is_deleted, false as is_test, false as created_at_is_estimated, false as closed_at_is_estimated,
    true as counts_won, false as counts_open, false as counts_lost, '' as flags
from intermediate.int_deals__rows;

create schema _meta;
create table _meta.sources as
select
    'sheets' as source, 'leads' as "table", 302 as rows_in, 300 as rows_kept, 1 as rows_refused, 0 as rows_replaced,
    0 as rows_filtered, 1 as rows_empty, 0 as rows_totals;

create table intermediate.int_deal_lines as
select deal_key, '1' as line_id, cast(1 as decimal(18, 9)) as share from intermediate.int_deals;
create table intermediate.int_attribution_credits as
select deal_key, 'last_touch' as model, channel, 'Brand' as campaign, cast(1 as decimal(18, 9)) as credit, amount as revenue
from intermediate.int_deals;

create table intermediate.int_deal_lines__rows as
select
    'crm' as source, 'DL0' as deal_id, '1' as line_id, cast(400 as decimal(18, 6)) as amount,
    cast(1 as decimal(18, 6)) as units, cast(400 as decimal(18, 6)) as unit_price,
    null::decimal(18, 6) as discount, 'lines.csv' as _file, 2 as _row, 1 as _load_id
union all
select 'crm', 'DL0', '2', null, 3, 200, null, 'lines.csv', 3, 1;

create table intermediate.int_refunds__rows as
select
    'crm' as source, 'R1' as refund_id, cast(100 as decimal(18, 2)) as amount, 'EUR' as currency,
    'refunds.csv' as _file, 2 as _row, 1 as _load_id;
create table intermediate.int_refunds as
select
    'crm:R1' as refund_key, 'crm' as source, timestamp '2025-06-20' as refunded_at, date '2025-06-20' as refunded_date,
    false as refunded_at_is_estimated,
    amount as amount_source, amount, currency, true as counts
from intermediate.int_refunds__rows;

create table intermediate.int_daily_results__rows as
    select 'agency' as source, 'EUR' as currency, 5 as leads, 100.00 as revenue, 1 as won_deals, 'sums.csv' as _file,
        8 as _load_id, cast(range as integer) + 2 as _row
    from range(10);
create table intermediate.int_daily_results as
    select '' || range as result_key, 'agency' as source, date '2025-06-01' + cast(range as integer) as date,
        'Radio' as channel, '(none)' as campaign, 'EUR' as currency, 10 as impressions, 2 as clicks, 5 as leads,
        3 as qualified_leads, 2 as opportunities, 1 as won_deals, 100.00 as revenue_source, 100.00 as revenue,
        false as is_test, false as ads_count, false as leads_count, false as deals_count
    from range(10);
create table mart.fct_daily_results as from intermediate.int_daily_results;
create table mart.kpi_sums (grain varchar, period_start date, dimension varchar, member varchar, summed_leads bigint);

create table mart.fct_leads as from intermediate.int_leads;
create table mart.fct_marketing_cost as
select cost_key, date, 'content' as cost_type, 'events' as department, amount from intermediate.int_marketing_costs;
create table mart.fct_ad_spend as from intermediate.int_ad_spend;
create table mart.fct_deals as from intermediate.int_deals;

create table mart.kpi_by_campaign as
with days as (
    select
        date as period_start, 3 as leads, 2 as contacted_leads, 1 as qualified_leads, 1 as opportunities, 1 as deals_created, 9.00 as pipeline_created,
        0 as lost_deals, 100.00 as ad_spend,
        100.00 as marketing_cost,
        0 as sales_cost, 1000 as impressions, 50 as clicks,
        (select count(*) from intermediate.int_deals where closed_date = date) as won_deals,
        case when date = date '2025-06-20' then 100.00 else 0.00 end as refunds
    from intermediate.int_ad_spend
),
measured as (
    select
        *, 1000 * won_deals - refunds as revenue, won_deals as units_sold, won_deals as new_customers,
        1000 * won_deals - refunds as gross_profit, 1000 * won_deals - refunds - 100 as profit
    from days
)
select
    grain, date_trunc(grain, period_start)::date as period_start, 'Google Ads' as channel, 'Brand' as campaign,
    sum(columns(* exclude (grain, period_start, refunds)))
from measured, (values ('day'), ('week'), ('month'), ('quarter'), ('year')) as grains (grain) group by all;

create table mart.kpi_total as
select
    * exclude (channel, campaign), 0.5 as contact_rate, 0.5 as qualification_rate, 0.5 as opportunity_rate,
    1.0 / 3 as lead_to_deal_conversion, 1.0 as win_rate, 0.9 as sla_share
from mart.kpi_by_campaign;
create table mart.kpi_by_channel as
select * exclude (campaign), 1.0 / 3 as lead_to_deal_conversion from mart.kpi_by_campaign;
create table mart.funnel_cohorts as
select grain, period_start, dimension, case dimension when 'channel' then 'Google Ads' end as channel, stage, entered
from mart.kpi_total, lateral (values
    ('new', leads), ('contacted', contacted_leads), ('qualified', qualified_leads), ('opportunity', opportunities),
    ('won', round(leads / 3))
) as stages (stage, entered), (values ('total'), ('channel')) as dimensions (dimension)
where grain in ('month', 'quarter', 'year');
create table mart.kpi_by_sales_rep as
select 'Ann' as sales_rep, * exclude (channel, campaign) from mart.kpi_by_campaign;
create table mart.kpi_by_product as
select 'Desk' as product, * exclude (channel, campaign) from mart.kpi_by_campaign;
