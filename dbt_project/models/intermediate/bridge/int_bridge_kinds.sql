-- What can be said of each channel's change: a chain from leads to check, a channel that came or went, or no base: won
-- without leads, or an amount of which nobody says how many deals it is (sums by day may give revenue alone).
with channels as (
    select * from {{ ref('int_bridge_channels') }}
),

judged as (
    select
        *,
        case
            when won_amount_before <> 0 and leads_before = 0 then 'no_base'
            when won_amount_after <> 0 and leads_after = 0 then 'no_base'
            when won_amount_before <> 0 and won_deals_with_amount_before = 0 then 'no_base'
            when won_amount_after <> 0 and won_deals_with_amount_after = 0 then 'no_base'
            when leads_before > 0 and leads_after > 0 then 'chain'
            when leads_after > 0 then 'entered'
            when leads_before > 0 then 'left'
        end as kind,
        -- leads per cost needs cost on both sides: else the chain starts at leads
        marketing_cost_before > 0 and marketing_cost_after > 0 as starts_at_cost,
        -- won without a qualified lead: how good leads were and what was made of them can't be told apart
        (won_amount_before <> 0 and qualified_leads_before = 0) or (won_amount_after <> 0 and qualified_leads_after = 0)
            as skips_qualified,
        won_amount_after - won_amount_before as won_amount_change
    from channels
)

select * from judged
