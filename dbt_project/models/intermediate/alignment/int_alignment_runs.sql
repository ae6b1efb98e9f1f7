-- Days in a row with spend and no lead (broken tracking), or with leads and no spend (a missing extract).
with days as (
    select * from {{ ref('int_alignment_days') }}
),

rules as (
    select * from {{ ref('int_alignment_rules') }}
),

marked as (
    select 'spend_without_leads' as rule, *, ad_spend > 0 and leads = 0 as is_odd from days
    union all
    select 'paid_leads_without_spend' as rule, *, ad_spend = 0 and usual_spend > 0 as is_odd from days
),

-- days of one run share the number of ordinary days before them
numbered as (
    select
        *,
        sum(case when is_odd then 0 else 1 end) over (
            partition by rule, channel order by date rows between unbounded preceding and current row
        ) as run_no
    from marked
),

runs as (
    select
        rule,
        channel,
        run_no,
        min(date) as first_date,
        max(date) as last_date,
        cast(count(*) as double) as days,
        cast(sum(cast(ad_spend as decimal(28, 6))) as double) as ad_spend,
        cast(sum(cast(leads as bigint)) as double) as leads,
        -- what was usual before the run began, not while it lasted
        min_by(usual_leads, date) as usual_leads,
        min_by(usual_spend, date) as usual_spend
    from numbered
    where is_odd
    group by rule, channel, run_no
),

findings as (
    select
        runs.rule,
        'channel' as dimension,
        runs.channel as member,
        'day' as grain,
        runs.first_date as period_start,
        runs.last_date as period_end,
        case when runs.rule = 'spend_without_leads' then runs.ad_spend else runs.leads end as a,
        runs.days as b,
        case when runs.rule = 'spend_without_leads' then runs.days * runs.usual_leads else runs.usual_spend end as c,
        case when runs.rule = 'spend_without_leads' then runs.leads else runs.ad_spend end as d,
        rules.owner
    from runs
    inner join rules on runs.rule = rules.rule
    where
        runs.days >= rules.minimum
        and case when runs.rule = 'spend_without_leads' then runs.days * runs.usual_leads else runs.leads end
        >= rules.threshold
)

select * from findings
