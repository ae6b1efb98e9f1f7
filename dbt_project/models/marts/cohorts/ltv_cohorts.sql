-- Customers by the month they were won in: gross profit as they age, what winning them cost, when it was paid back. By
-- channel a customer counts by the attribution credits of their first won deal, as in kpi_by_channel.
with customers as (
    select * from {{ ref('int_customers') }}
),

profits as (
    select * from {{ ref('int_customer_profits') }}
),

credits as (
    select * from {{ ref('int_attribution_credits') }}
),

costs_in_total as (
    select * from {{ ref('int_kpi_periods_total') }} where grain = 'month'
),

costs_of_channels as (
    select * from {{ ref('int_kpi_periods_channel') }} where grain = 'month'
),

workspace as (
    select * from {{ source('settings', 'workspace') }}
),

months as (
    select distinct period_start as month, is_complete from {{ ref('int_periods') }} where grain = 'month'
),

members as (
    select
        customer_key,
        first_won_date,
        'total' as dimension,
        cast(null as varchar) as channel,
        cast(1 as decimal(18, 9)) as credit
    from customers
    union all
    select
        customers.customer_key,
        customers.first_won_date,
        'channel' as dimension,
        credits.channel,
        cast(sum(credits.credit) as decimal(18, 9)) as credit
    from customers
    inner join credits on customers.first_deal_key = credits.deal_key
    group by customers.customer_key, customers.first_won_date, credits.channel
),

cohort_members as (
    select
        members.customer_key,
        members.dimension,
        members.channel,
        members.credit,
        cast(date_trunc('month', members.first_won_date) as date) as cohort_month
    from members
    cross join workspace
    where members.first_won_date <= workspace.today
),

cohorts as (
    select cohort_month, dimension, channel, sum(credit) as customers
    from cohort_members
    group by cohort_month, dimension, channel
),

monthly_profits as (
    select
        cohort_members.cohort_month,
        cohort_members.dimension,
        cohort_members.channel,
        cast(date_trunc('month', profits.date) as date) as month,
        sum(cast(profits.gross_profit as decimal(28, 2)) * cohort_members.credit) as gross_profit
    from cohort_members
    inner join profits on cohort_members.customer_key = profits.customer_key
    cross join workspace
    where profits.date <= workspace.today
    group by
        cohort_members.cohort_month, cohort_members.dimension, cohort_members.channel,
        cast(date_trunc('month', profits.date) as date)
),

costs as (
    select period_start as cohort_month, 'total' as dimension, cast(null as varchar) as channel, full_cost
    from costs_in_total
    union all
    select period_start as cohort_month, 'channel' as dimension, channel, full_cost from costs_of_channels
),

-- every month from the one they were won in to today's, sales or not
aged as (
    select
        cohorts.*,
        months.month,
        months.is_complete,
        (extract(year from months.month) - extract(year from cohorts.cohort_month)) * 12
        + extract(month from months.month) - extract(month from cohorts.cohort_month) as age_months,
        coalesce(monthly_profits.gross_profit, 0) as gross_profit,
        costs.full_cost
    from cohorts
    inner join months on cohorts.cohort_month <= months.month
    left join monthly_profits
        on
            cohorts.cohort_month = monthly_profits.cohort_month
            and cohorts.dimension = monthly_profits.dimension
            and coalesce(cohorts.channel, '(none)') = coalesce(monthly_profits.channel, '(none)')
            and months.month = monthly_profits.month
    left join costs
        on
            cohorts.cohort_month = costs.cohort_month
            and cohorts.dimension = costs.dimension
            and coalesce(cohorts.channel, '(none)') = coalesce(costs.channel, '(none)')
),

cumulated as (
    select
        *,
        sum(gross_profit) over (
            partition by cohort_month, dimension, channel order by month
            rows between unbounded preceding and current row
        ) as cumulative_gross_profit
    from aged
),

paid_back as (
    select
        *,
        min(case when cumulative_gross_profit >= full_cost then age_months end) over (
            partition by cohort_month, dimension, channel
        ) as payback_month
    from cumulated
),

ltv as (
    select
        cohort_month,
        dimension,
        channel,
        cast(age_months as integer) as age_months,
        is_complete,
        cast(customers as decimal(28, 9)) as customers,
        cast(gross_profit as decimal(28, 6)) as gross_profit,
        cast(cumulative_gross_profit as decimal(28, 6)) as cumulative_gross_profit,
        cast(cumulative_gross_profit as double) / nullif(cast(customers as double), 0)
            as cumulative_gross_profit_per_customer,
        cast(full_cost as decimal(28, 6)) as acquisition_cost,
        cast(full_cost as double) / nullif(cast(customers as double), 0) as cac,
        cast(payback_month as integer) as payback_month
    from paid_back
)

select * from ltv
