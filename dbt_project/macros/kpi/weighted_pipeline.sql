{#-
    A whole model: the open pipeline at the end of each day that the CTE `ends` of `ends_sql` names, each amount times its
    probability, by the columns `by`. Today that is the deal's own; at an earlier end, or without one, the share won of the
    deals closed before that had stood in the same stage. A part whose probability nobody can know makes the sum unknown.
-#}
{% macro weighted_pipeline(ends, by) -%}
with workspace as (
    select today from {{ source('settings', 'workspace') }}
),

ends as (
    {{ ends }}
),

open_deals as (
    select
        ends.end_date,
        stays.source,
        deals.amount,
        {%- for column in by %}
        deals.{{ column }},
        {%- endfor %}
        case
            when ends.end_date = workspace.today then coalesce(deals.present_stage, stays.stage)
            else stays.stage
        end as stage,
        case when ends.end_date = workspace.today then deals.own_probability end as own_probability
    from ends
    cross join workspace
    inner join {{ ref('int_deal_stays') }} as stays
        on ends.end_date >= stays.first_date and (stays.next_date is null or ends.end_date < stays.next_date)
    inner join {{ ref('int_open_deals') }} as deals on stays.deal_key = deals.deal_key
    where deals.amount is not null
),

weighed as (
    select
        open_deals.*,
        cast(
            cast(open_deals.amount as double)
            * coalesce(open_deals.own_probability, stages.share_won, every.share_won) as decimal(28, 6)
        ) as weighted
    from open_deals
    left join {{ ref('int_stage_win_shares') }} as stages
        on
            open_deals.end_date = stages.date
            and open_deals.source = stages.source
            and open_deals.stage = stages.stage
    left join {{ ref('int_stage_win_shares') }} as every on open_deals.end_date = every.date and every.stage is null
),

summed as (
    select
        {{ (['end_date'] + by) | join(',\n        ') }},
        cast(count(*) - count(weighted) as bigint) as unknown,
        cast(sum(weighted) as decimal(28, 6)) as weighted_pipeline
    from weighed
    group by {{ (['end_date'] + by) | join(', ') }}
)

select * from summed
{%- endmacro %}
