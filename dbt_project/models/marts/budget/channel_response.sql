{%- set effects = ['now', 'marginal', 'last_10_percent', 'next_10_percent'] -%}
-- What a channel's budget buys: the fitted curve at the spend of today (mean of the last 4 whole weeks), with the range
-- that the bootstrap gives. Nothing is said where the data don't, nor of a channel without spend for eight weeks in
-- which others had some: it has no budget to be moved. (Others, since all spend may end where an extract does.)
with weeks as (
    select
        *,
        row_number() over (partition by channel order by week desc) as weeks_ago
    from {{ ref('int_channel_weeks') }}
    where is_whole
),

ends as (
    select channel, max(week) as last_week, max(max(week)) over () as newest_week
    from {{ ref('int_channel_weeks') }}
    group by channel
),

ended as (
    select channel
    from ends
    where {{ days_between('last_week', 'newest_week') }} > 56
),

channels as (
    select
        channel,
        count(*) as whole_weeks,
        count(case when is_mature then 1 end) as mature_weeks,
        cast(sum(case when weeks_ago <= 4 then ad_spend end) as double)
        / count(case when weeks_ago <= 4 then 1 end) as spend_now
    from weeks
    group by channel
),

outcomes as (
    select 'leads' as outcome
    union all
    select 'qualified_leads' as outcome
    union all
    select 'won_value' as outcome
),

panels as (
    select
        channels.channel,
        outcomes.outcome,
        case when outcomes.outcome = 'won_value' then channels.mature_weeks else channels.whole_weeks end as weeks,
        ended.channel is not null as has_ended,
        case when ended.channel is null then channels.spend_now else 0 end as spend_now
    from channels
    cross join outcomes
    left join ended on channels.channel = ended.channel
),

at_spend as (
    select
        fits.*,
        panels.spend_now,
        panels.spend_now / fits.mean_spend as u
    from {{ ref('int_channel_fits') }} as fits
    inner join panels on fits.channel = panels.channel and fits.outcome = panels.outcome
),

evaluated as (
    select
        *,
        base + {{ saturated('u') }} as now,
        effect * (1 + shape) * shape / ((u + shape) * (u + shape)) / mean_spend as marginal,
        {{ saturated('u') }} - {{ saturated('0.9 * u') }} as last_10_percent,
        {{ saturated('1.1 * u') }} - {{ saturated('u') }} as next_10_percent
    from at_spend
),

ranges as (
    select
        channel,
        outcome,
        {%- for effect in effects %}
        percentile_cont(0.025) within group (order by {{ effect }}) as {{ effect }}_low,
        percentile_cont(0.975) within group (order by {{ effect }}) as {{ effect }}_high,
        {%- endfor %}
        percentile_cont(0.025) within group (order by effect) as effect_low
    from evaluated
    where replicate > 0
    group by channel, outcome
),

joined as (
    select
        panels.channel,
        panels.outcome,
        panels.weeks,
        panels.spend_now,
        panels.has_ended,
        coalesce(ranges.effect_low > 0 and fitted.effect > 0, false) and not panels.has_ended as is_fitted,
        {%- for effect in effects %}
        fitted.{{ effect }},
        ranges.{{ effect }}_low,
        ranges.{{ effect }}_high,
        {%- endfor %}
        fitted.base,
        fitted.effect,
        fitted.mean_spend,
        case when fitted.shape < 1000 then fitted.shape * fitted.mean_spend end as half_saturation
    from panels
    left join evaluated as fitted
        on panels.channel = fitted.channel and panels.outcome = fitted.outcome and fitted.replicate = 0
    left join ranges on panels.channel = ranges.channel and panels.outcome = ranges.outcome
),

response as (
    select
        channel,
        outcome,
        cast(weeks as bigint) as weeks,
        {{ rounded('spend_now', 6) }} as spend_now,
        {%- for name, value in {
            'outcome_now': 'now', 'outcome_now_low': 'now_low', 'outcome_now_high': 'now_high', 'base': 'base',
            'effect_at_mean_spend': 'effect', 'mean_spend': 'mean_spend', 'half_saturation_spend': 'half_saturation',
            'average_cost': "case when outcome <> 'won_value' then spend_now / nullif(now, 0) end",
            'marginal_cost': "case when outcome <> 'won_value' then 1 / nullif(marginal, 0) end",
            'marginal_cost_low': "case when outcome <> 'won_value' then 1 / nullif(marginal_high, 0) end",
            'marginal_cost_high': "case when outcome <> 'won_value' and marginal_low > 0 then 1 / marginal_low end",
            'average_roi': "case when outcome = 'won_value' then now / nullif(spend_now, 0) - 1 end",
            'marginal_roi': "case when outcome = 'won_value' then marginal - 1 end",
            'marginal_roi_low': "case when outcome = 'won_value' then marginal_low - 1 end",
            'marginal_roi_high': "case when outcome = 'won_value' then marginal_high - 1 end",
            'last_10_percent': 'last_10_percent', 'last_10_percent_low': 'last_10_percent_low',
            'last_10_percent_high': 'last_10_percent_high', 'next_10_percent': 'next_10_percent',
            'next_10_percent_low': 'next_10_percent_low', 'next_10_percent_high': 'next_10_percent_high',
        }.items() %}
        {{ rounded('case when is_fitted then ' ~ value ~ ' end', 9) }} as {{ name }},
        {%- endfor %}
        case
            when is_fitted then 'fitted'
            when has_ended then 'no spend any more'
            else 'not enough variation'
        end as verdict
    from joined
)

select * from response
