-- What happens to deals besides money: they open, they close, they are lost; where their lead came from.
with deals as (
    select * from {{ ref('int_deals') }} where counts_open or counts_won or counts_lost
),

-- a deal closed before it was created is open on no day
opened as (
    select
        *,
        case when closed_date < created_date then closed_date else created_date end as date,
        1 as open_deals_change,
        0 as lost_deals
    from deals
),

closed as (
    select
        *,
        closed_date as date,
        -1 as open_deals_change,
        case when counts_lost then 1 else 0 end as lost_deals
    from deals
    where counts_won or counts_lost
),

changes as (
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
        open_deals_change,
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
