-- What happens to deals besides money: they are created, they open, they close, they are lost; where their lead came
-- from.
with deal_values as (
    select * from {{ ref('int_deal_values') }}
),

deals as (
    select
        deals.*,
        deal_values.amount_when_created,
        deal_values.amount_today
    from {{ ref('int_deals') }} as deals
    left join deal_values on deals.deal_key = deal_values.deal_key
    where deals.counts_open or deals.counts_won or deals.counts_lost
),

created as (
    select
        *,
        created_date as date,
        1 as deals_created,
        0 as open_deals_change,
        0 as lost_deals
    from deals
),

-- a deal closed before it was created is open on no day
opened as (
    select
        *,
        case when closed_date < created_date then closed_date else created_date end as date,
        0 as deals_created,
        1 as open_deals_change,
        0 as lost_deals
    from deals
),

closed as (
    select
        *,
        closed_date as date,
        0 as deals_created,
        -1 as open_deals_change,
        case when counts_lost then 1 else 0 end as lost_deals
    from deals
    where counts_won or counts_lost
),

changes as (
    select * from created
    union all
    select * from opened
    union all
    select * from closed
),

-- zeros say that there are deals (with an amount, with units): a period without wins has revenue 0, not unknown
counted as (
    select
        deal_key,
        date,
        channel,
        campaign,
        owner as sales_rep,
        product,
        deals_created,
        -- 0 beside a deal that has none: a known pipeline of nothing
        case when deals_created = 1 then amount_when_created when amount is not null then 0 end as pipeline_created,
        open_deals_change,
        case
            when amount_today is not null then open_deals_change * amount_today
            when amount is not null then 0
        end as open_pipeline_change,
        lost_deals,
        0 as won_deals,
        0 as won_deals_with_amount,
        0 as deals_with_units,
        0 as new_customers,
        case when amount is not null then 0 end as won_amount,
        case when amount is not null then 0 end as ltv_gross_profit,
        case when units is not null then 0 end as units
    from changes
    where date is not null
)

select * from counted
