-- Each cost, once for each dimension that it is shared out over, and who may carry it: the members with a weight in
-- the cost's whole date range. What names its channel or campaign goes there; content and SEO that name neither stay
-- unattributed, else content would look free.
with daily_costs as (
    select * from {{ ref('int_marketing_costs') }} where counts
),

weights as (
    select * from {{ ref('int_cost_weights') }}
),

entered as (
    select
        cost_key,
        department,
        cost_type,
        channel,
        campaign,
        start_date as first_day,
        end_date as last_day,
        department = 'marketing'
        and cost_type in ('content', 'seo')
        and channel is null
        and campaign is null as is_unattributed,
        cast(sum(amount) as decimal(28, 2)) as amount
    from daily_costs
    group by cost_key, department, cost_type, channel, campaign, start_date, end_date
),

costs as (
    select
        'channel' as dimension,
        entered.*,
        case when is_unattributed then 'unattributed' else channel end as given_member,
        case when is_unattributed then '(none)' else campaign end as given_campaign,
        'unattributed' as default_member
    from entered
    union all
    select
        'sales_rep' as dimension,
        entered.*,
        null as given_member,
        '(none)' as given_campaign,
        'unassigned' as default_member
    from entered
    where department = 'sales'
    union all
    select
        'product' as dimension,
        entered.*,
        null as given_member,
        '(none)' as given_campaign,
        '(none)' as default_member
    from entered
    where department = 'sales'
),

-- day by day: a range of days would have each cost compared with each weight
days_of_costs as (
    {{ each_day('costs') }}
),

matched as (
    select
        days.dimension,
        days.cost_key,
        weights.preference,
        weights.basis,
        weights.member,
        weights.campaign,
        sum(weights.weight) as weight
    from days_of_costs as days
    inner join weights
        on
            days.dimension = weights.dimension
            and days.department = weights.department
            and days.day = weights.date
    where
        coalesce(days.given_member, weights.member) = weights.member
        and coalesce(days.given_campaign, weights.campaign) = weights.campaign
    group by
        days.dimension, days.cost_key, weights.preference, weights.basis, weights.member, weights.campaign
),

candidates as (
    select
        costs.dimension,
        costs.cost_key,
        costs.amount,
        costs.given_member,
        costs.given_campaign,
        costs.default_member,
        matched.preference,
        matched.basis,
        matched.member,
        matched.campaign,
        matched.weight
    from costs
    left join matched on costs.dimension = matched.dimension and costs.cost_key = matched.cost_key
)

select * from candidates
