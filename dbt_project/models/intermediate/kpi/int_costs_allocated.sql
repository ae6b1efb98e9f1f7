-- Costs other than ad spend by day and member: what a member carries of a cost, spread evenly over the cost's days,
-- to the cent by largest remainder.
with carried as (
    select * from {{ ref('int_costs_by_member') }}
),

days as (
    select cost_key, date, source, department, cost_type from {{ ref('int_marketing_costs') }} where counts
),

daily_weights as (
    select
        carried.dimension || '|' || carried.cost_key || '|' || carried.member || '|' || carried.campaign as share_key,
        carried.dimension,
        carried.cost_key,
        carried.member,
        carried.campaign,
        days.date,
        carried.amount as total,
        1 as weight
    from carried
    inner join days on carried.cost_key = days.cost_key
),

daily_parts as (
    {{ allocate('daily_weights', 'share_key', ['date', 'dimension', 'cost_key', 'member', 'campaign']) }}
),

allocated as (
    select
        daily_parts.dimension,
        daily_parts.cost_key,
        daily_parts.date,
        days.source,
        days.department,
        days.cost_type,
        daily_parts.member,
        daily_parts.campaign,
        carried.basis,
        daily_parts.part as amount,
        case when days.department = 'marketing' then daily_parts.part end as marketing_cost,
        case when days.department = 'sales' then daily_parts.part end as sales_cost
    from daily_parts
    inner join days on daily_parts.cost_key = days.cost_key and daily_parts.date = days.date
    inner join carried
        on
            daily_parts.dimension = carried.dimension
            and daily_parts.cost_key = carried.cost_key
            and daily_parts.member = carried.member
            and daily_parts.campaign = carried.campaign
    where daily_parts.part <> 0
)

select * from allocated
