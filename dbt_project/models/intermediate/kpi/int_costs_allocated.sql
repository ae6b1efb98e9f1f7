-- Costs other than ad spend by day and member, to the cent, so that both the days and the members of every dimension
-- add up: first the whole cents of member times day; the cents left over, lined up by member and by day, meet where
-- these lines overlap.
with carried as (
    select
        *,
        dimension || '|' || cost_key as cost,
        member || '|' || campaign as carrier,
        cast(round(amount * 100) as bigint) as member_cents
    from {{ ref('int_costs_by_member') }}
),

days as (
    select
        cost_key,
        date,
        source,
        department,
        cost_type,
        cast(round(amount * 100) as bigint) as day_cents,
        cast(sum(round(amount * 100)) over (partition by cost_key) as bigint) as cost_cents
    from {{ ref('int_marketing_costs') }}
    where counts
),

cells as (
    select
        carried.*,
        days.date,
        days.source,
        days.department,
        days.cost_type,
        days.day_cents,
        {{ floor_of_product('carried.member_cents', 'days.day_cents', 'days.cost_cents') }} as whole
    from carried
    inner join days on carried.cost_key = days.cost_key
    where days.cost_cents <> 0
),

member_rests as (
    select cost, carrier, cast(max(member_cents) - sum(whole) as bigint) as rest
    from cells
    group by cost, carrier
),

member_lines as (
    select *, cast(sum(rest) over (partition by cost order by carrier rows unbounded preceding) as bigint) as rest_end
    from member_rests
),

day_rests as (
    select cost, date, cast(max(day_cents) - sum(whole) as bigint) as rest
    from cells
    group by cost, date
),

day_lines as (
    select *, cast(sum(rest) over (partition by cost order by date rows unbounded preceding) as bigint) as rest_end
    from day_rests
),

parts as (
    select
        cells.*,
        cells.whole + greatest(
            least(member_lines.rest_end, day_lines.rest_end)
            - greatest(member_lines.rest_end - member_lines.rest, day_lines.rest_end - day_lines.rest),
            0
        ) as cents
    from cells
    inner join member_lines on cells.cost = member_lines.cost and cells.carrier = member_lines.carrier
    inner join day_lines on cells.cost = day_lines.cost and cells.date = day_lines.date
),

amounts as (
    select *, cast(cents * 0.01 as decimal(28, 2)) as part
    from parts
    where cents <> 0
),

allocated as (
    select
        dimension,
        cost_key,
        date,
        source,
        department,
        cost_type,
        member,
        campaign,
        basis,
        part as amount,
        case when department = 'marketing' then part end as marketing_cost,
        case when department = 'sales' then part end as sales_cost
    from amounts
)

select * from allocated
