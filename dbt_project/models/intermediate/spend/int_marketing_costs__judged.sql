-- Every cost with its days, channel, currency and rate, and whether it is refused.
with costs as (
    select * from {{ ref('int_marketing_costs__rows') }}
),

workspace as (
    select * from {{ source('settings', 'workspace') }}
),

currencies as (
    select * from {{ source('settings', 'sources') }}
),

rates as (
    select * from {{ ref('int_fx_rates_daily') }}
),

channels as (
    select * from {{ ref('int_channels__resolved') }}
),

resolved as (
    select
        {{ text_key(['costs.source', 'costs._load_id', 'costs._row']) }} as cost_key,
        costs.source,
        lower(costs.cost_type) as cost_type,
        costs.department as department_given,
        coalesce(lower(costs.department), 'marketing') as department,
        costs.channel as channel_given,
        case when costs.channel is not null then coalesce(channels.channel, costs.channel) end as channel,
        costs.campaign,
        coalesce(costs.month, costs.start_date) as first_day,
        case
            when costs.month is not null
                then cast(costs.month + interval '1' month - interval '1' day as date)
            else costs.end_date
        end as last_day,
        costs.amount,
        coalesce(costs.currency, currencies.currency, workspace.reporting_currency) as currency,
        workspace.reporting_currency,
        costs._file,
        costs._row,
        costs._load_id,
        costs._unreadable
    from costs
    cross join workspace
    left join currencies on costs.source = currencies.source
    left join channels on costs.channel_key = channels.channel_key
),

{{ judged('resolved', marketing_costs_refusal_rules()) }}

select * from judged
