-- Who carries how much of a cost over its whole date range: first the channel (or sales rep, or product), within it the
-- campaign; each time by the best basis that has any weight, to the cent by largest remainder.
with candidates as (
    select
        *,
        dimension || '|' || cost_key as cost,
        coalesce(given_member, member, default_member) as carrier,
        min(preference) over (partition by dimension, cost_key) as best_preference,
        min(preference) over (partition by dimension, cost_key, member) as best_preference_of_member
    from {{ ref('int_cost_candidates') }}
),

member_weights as (
    select
        dimension,
        cost_key,
        cost,
        carrier,
        amount as total,
        coalesce(sum(weight), 1) as weight,
        case
            when max(given_member) = 'unattributed' then 'none'
            when max(given_member) is not null then 'given'
            else coalesce(max(basis), 'none')
        end as basis
    from candidates
    where preference is null or given_member is not null or preference = best_preference
    group by dimension, cost_key, cost, carrier, amount
),

member_parts as (
    {{ allocate('member_weights', 'cost', ['carrier']) }}
),

campaign_weights as (
    select
        member_parts.cost,
        member_parts.carrier,
        member_parts.cost || '|' || member_parts.carrier as cost_of_carrier,
        coalesce(candidates.given_campaign, candidates.campaign, '(none)') as campaign,
        member_parts.part as total,
        coalesce(candidates.weight, 1) as weight
    from member_parts
    inner join candidates on member_parts.cost = candidates.cost and member_parts.carrier = candidates.carrier
    where candidates.preference is null or candidates.preference = candidates.best_preference_of_member
),

campaign_parts as (
    {{ allocate('campaign_weights', 'cost_of_carrier', ['campaign', 'cost', 'carrier']) }}
),

carried as (
    select
        member_weights.dimension,
        member_weights.cost_key,
        member_weights.carrier as member,
        campaign_parts.campaign,
        member_weights.basis,
        campaign_parts.part as amount
    from campaign_parts
    inner join member_weights
        on campaign_parts.cost = member_weights.cost and campaign_parts.carrier = member_weights.carrier
    where campaign_parts.part <> 0
)

select * from carried
