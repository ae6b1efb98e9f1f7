-- What a deal was worth when it was created, and is worth today: its present amount at the rate of either day.
with deals as (
    select * from {{ ref('int_deals') }} where counts_open or counts_won or counts_lost
),

rates as (
    select * from {{ ref('int_fx_rates_daily') }}
),

workspace as (
    select * from {{ source('settings', 'workspace') }}
),

rated as (
    select
        deals.deal_key,
        deals.source,
        cast(round({{ converted('deals.amount_source', 'created_rates.rate') }}, 2) as decimal(28, 2))
            as amount_when_created,
        cast(round({{ converted('deals.amount_source', 'present_rates.rate') }}, 2) as decimal(28, 2)) as amount_today,
        deals.amount_source is not null and deals.created_date is not null and created_rates.rate is null
            as has_no_rate_when_created
    from deals
    cross join workspace
    left join rates as created_rates
        on deals.created_date = created_rates.date and deals.currency = created_rates.currency
    left join rates as present_rates on workspace.today = present_rates.date and deals.currency = present_rates.currency
)

select * from rated
