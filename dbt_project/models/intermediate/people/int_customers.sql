-- Customers by their first won deal; on one day and time the smaller key is first.
with won as (
    select
        *,
        row_number() over (partition by customer_key order by closed_date, closed_at, deal_key) as deal_no,
        count(*) over (partition by customer_key) as won_deals
    from {{ ref('int_deals') }}
    where counts_won
),

first_deals as (
    select
        customer_key,
        deal_key as first_deal_key,
        closed_at as first_won_at,
        closed_date as first_won_date,
        won_deals,
        channel,
        campaign,
        closed_at_is_estimated as first_won_is_estimated
    from won
    where deal_no = 1
)

select * from first_deals
