-- Why sales disqualified leads, where they came from and what they had cost: marketing's feedback.
with leads as (
    select * from {{ ref('fct_leads') }} where counts
),

periods as (
    select * from {{ ref('int_periods') }} where grain in ('month', 'quarter', 'year') and has_come
),

-- who got as far as qualified was not disqualified as a lead, whatever the deal came to
judged as (
    select
        *,
        case
            when is_qualified then '(qualified)'
            when disqualified_reason is not null then disqualified_reason
            when is_lost then '(no reason given)'
            else '(open)'
        end as reason
    from leads
),

quality as (
    select
        periods.grain,
        periods.period_start,
        judged.channel,
        judged.campaign,
        judged.reason,
        judged.reason not in ('(qualified)', '(open)') as is_disqualified,
        cast(count(*) as bigint) as leads,
        cast(sum(judged.acquisition_cost) as decimal(28, 6)) as acquisition_cost
    from judged
    inner join periods on judged.created_date = periods.date
    group by periods.grain, periods.period_start, judged.channel, judged.campaign, judged.reason
)

select * from quality
