-- Leads that were due and nobody ever spoke to, by month, for the company and each sales representative.
with responses as (
    select * from {{ ref('lead_response') }}
    where grain = 'month' and dimension in ('total', 'sales_rep')
),

periods as (
    select distinct grain, period_start, period_end, is_complete from {{ ref('int_periods') }} where grain = 'month'
),

rules as (
    select * from {{ ref('int_alignment_rules') }} where rule = 'leads_never_answered'
),

-- where nobody records responses at all, silence is no finding
recorded as (
    select max(answered) > 0 as is_recorded from responses
),

findings as (
    select
        rules.rule,
        responses.dimension,
        coalesce(responses.sales_rep, 'total') as member,
        responses.grain,
        responses.period_start,
        periods.period_end,
        cast(responses.never_answered as double) as a,
        cast(responses.due as double) as b,
        cast(responses.never_answered as double) / responses.due as c,
        cast(responses.leads as double) as d,
        rules.owner
    from responses
    inner join periods on responses.grain = periods.grain and responses.period_start = periods.period_start
    cross join rules
    cross join recorded
    where
        recorded.is_recorded
        and periods.is_complete
        and responses.due >= rules.minimum
        and cast(responses.never_answered as double) / responses.due >= rules.threshold
)

select * from findings
