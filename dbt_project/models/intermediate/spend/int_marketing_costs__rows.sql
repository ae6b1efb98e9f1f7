-- Every staged cost with its days, channel, currency and rate, and whether it is refused.
with staged as (
    {{ union_sources('marketing_costs') }}
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
        {{ text_key(['staged.source', 'staged._load_id', 'staged._row']) }} as cost_key,
        staged.source,
        lower(staged.cost_type) as cost_type,
        staged.department as department_given,
        coalesce(lower(staged.department), 'marketing') as department,
        staged.channel as channel_given,
        case when staged.channel is not null then coalesce(channels.channel, staged.channel) end as channel,
        staged.campaign,
        coalesce(staged.month, staged.start_date) as first_day,
        case
            when staged.month is not null
                then cast(staged.month + interval '1' month - interval '1' day as date)
            else staged.end_date
        end as last_day,
        staged.amount,
        coalesce(staged.currency, currencies.currency, workspace.reporting_currency) as currency,
        workspace.reporting_currency,
        staged._file,
        staged._row,
        staged._load_id,
        staged._unreadable
    from staged
    cross join workspace
    left join currencies on staged.source = currencies.source
    left join channels on {{ channel_key('marketing_costs', 'staged') }} = channels.channel_key
),

-- one rate for a cost, that of its first day: what was entered times it is what is spread
converted as (
    select
        resolved.*,
        case when resolved.currency = resolved.reporting_currency then 1 else rates.rate end as rate
    from resolved
    left join rates on resolved.currency = rates.currency and resolved.first_day = rates.date
),

judged as (
    select
        *,
        {{ is_refused(marketing_costs_refusal_rules()) }} as is_refused
    from converted
)

select * from judged
