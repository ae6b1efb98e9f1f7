{#-
    The CTEs `workspace`, `ends`, `stays`, `open_deals` and `weighed`: every deal (by product) open at the end of each day
    `end_date` that the query `ends` names, with its amount and that times its probability, as `weighted`. Today the
    probability is the deal's own; at an earlier end, or without one, the share won of the deals closed before that had
    stood in the same stage; null where nobody can know one.
-#}
{% macro weighed_deals(ends) -%}
workspace as (
    select today from {{ source('settings', 'workspace') }}
),

ends as (
    {{ ends }}
),

-- deals are joined to their few stretches of days, not to each day
stays as (
    select
        stays.source,
        stays.deal_key,
        stays.stage,
        stays.first_date,
        stays.next_date,
        deals.channel,
        deals.campaign,
        deals.sales_rep,
        deals.product,
        deals.amount,
        deals.present_stage,
        deals.own_probability,
        row_number() over (partition by stays.deal_key, stays.first_date order by deals.product) = 1 as is_first_product
    from {{ ref('int_deal_stays') }} as stays
    left join {{ ref('int_open_deals') }} as deals on stays.deal_key = deals.deal_key
),

open_deals as (
    select
        ends.end_date,
        stays.source,
        stays.deal_key,
        stays.channel,
        stays.campaign,
        stays.sales_rep,
        stays.product,
        stays.amount,
        stays.is_first_product,
        case
            when ends.end_date = workspace.today then coalesce(stays.present_stage, stays.stage)
            else stays.stage
        end as stage,
        case when ends.end_date = workspace.today then stays.own_probability end as own_probability
    from ends
    cross join workspace
    inner join stays
        on ends.end_date >= stays.first_date and (stays.next_date is null or ends.end_date < stays.next_date)
),

weighed as (
    select
        open_deals.*,
        {{ in_millionths(
            'cast(open_deals.amount as double)'
            ~ ' * coalesce(open_deals.own_probability, stages.share_won, every.share_won)'
        ) }} as weighted
    from open_deals
    left join {{ ref('int_stage_win_shares') }} as stages
        on
            open_deals.end_date = stages.date
            and open_deals.source = stages.source
            and open_deals.stage = stages.stage
    left join {{ ref('int_stage_win_shares') }} as every on open_deals.end_date = every.date and every.stage is null
)
{%- endmacro %}


{#- What `weighed_deals` gives, summed: open deals whose probability nobody can know, and the sum of the others. -#}
{% macro weighted_sums() -%}
        cast(count(amount) - count(weighted) as bigint) as unknown,
        cast(sum(weighted) as decimal(28, 6)) as weighted_pipeline
{%- endmacro %}
