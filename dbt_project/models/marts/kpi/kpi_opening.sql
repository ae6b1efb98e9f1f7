{%- set measures = ['leads', 'ad_spend', 'won_deals'] -%}
-- The period that every face opens on: the newest whole one in which leads, spend or won deals reach a quarter of their
-- median in the 12 whole periods before (those that aren't 0); so that a company whose data has ended sees no zeros.
with periods as (
    select * from {{ ref('kpi_total') }}
),

ends as (
    select
        max(case when leads > 0 then period_end end) as leads_until,
        max(case when ad_spend > 0 then period_end end) as spend_until,
        max(case when won_deals > 0 then period_end end) as won_deals_until
    from periods
    where grain = 'day'
),

numbered as (
    select
        grain,
        period_start,
        {%- for measure in measures %}
        cast(coalesce({{ measure }}, 0) as double) as {{ measure }},
        {%- endfor %}
        row_number() over (partition by grain order by period_start) as number
    from periods
    where is_complete
),

usual as (
    select
        numbered.grain,
        numbered.period_start,
        {%- for measure in measures %}
        numbered.{{ measure }},
        percentile_cont(0.5) within group (order by nullif(before.{{ measure }}, 0)) as usual_{{ measure }}
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from numbered
    left join numbered as before
        on
            numbered.grain = before.grain
            and numbered.number > before.number
            and numbered.number - 12 <= before.number
    group by
        numbered.grain,
        numbered.period_start,
        numbered.{{ measures | join(',\n        numbered.') }}
),

worth as (
    select
        grain,
        max(period_start) as period_start
    from usual
    where
        (leads > 0 and leads >= coalesce(usual_leads, 0) / 4)
        or (ad_spend > 0 and ad_spend >= coalesce(usual_ad_spend, 0) / 4)
        or (won_deals > 0 and won_deals >= coalesce(usual_won_deals, 0) / 4)
    group by grain
),

newest as (
    select
        grain,
        max(period_start) as period_start,
        max(case when is_complete then period_start end) as whole_start
    from periods
    group by grain
),

opening as (
    select
        newest.grain,
        coalesce(worth.period_start, newest.whole_start, newest.period_start) as period_start,
        ends.leads_until,
        ends.spend_until,
        ends.won_deals_until
    from newest
    left join worth on newest.grain = worth.grain
    cross join ends
)

select * from opening
