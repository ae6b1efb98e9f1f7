-- Content and SEO that name no channel: nobody can say whom they bring, so they stay unattributed.
with costs as (
    select * from {{ ref('int_marketing_costs') }} where counts
),

without_channel as (
    select
        'marketing_costs' as entity,
        source,
        cost_key as key,
        'content_without_channel' as warning,
        max(cost_type)
        || ' from ' || cast(max(start_date) as varchar)
        || ' to ' || cast(max(end_date) as varchar) as detail
    from costs
    where department = 'marketing' and cost_type in ('content', 'seo') and channel is null and campaign is null
    group by source, cost_key
)

select * from without_channel
