-- What each forecast expects besides what is closed: what its pipeline yields, and what new leads bring.
with days as (
    select * from {{ ref('int_forecast_days') }} where is_forecast
),

parts as (
    select
        days.*,
        leads.months_ahead,
        leads.leads,
        coalesce(known.wins_so_far, 0) as wins_so_far,
        known.average_check,
        coalesce(known.kept_share, 1) as kept_share,
        coalesce(pipeline.wins, 0) as pipeline_wins,
        coalesce(pipeline.wins_without_amount, 0) as pipeline_wins_without_amount,
        coalesce(pipeline.amount, 0) as pipeline_amount,
        coalesce(learned.wins_per_lead * leads.leads_so_far, learned.wins_per_day, 0) as new_wins
    from days
    inner join {{ ref('int_forecast_leads') }} as leads on {{ same_forecast('days', 'leads', ['kind', 'day']) }}
    left join {{ ref('int_forecast_known') }} as known on {{ same_forecast('days', 'known', ['kind', 'day']) }}
    left join {{ ref('int_forecast_pipeline') }} as pipeline on {{ same_forecast('leads', 'pipeline') }}
    left join {{ ref('int_forecast_wins_per_lead') }} as learned on {{ same_forecast('leads', 'learned') }}
),

by_kpi as (
    select *, 'leads' as kpi, cast(0 as double) as from_pipeline, cast(leads as double) as from_new_leads
    from parts
    union all
    select *, 'won_deals' as kpi, cast(pipeline_wins as double) as from_pipeline, new_wins as from_new_leads
    from parts
    union all
    select
        *,
        'revenue' as kpi,
        kept_share * (
            cast(pipeline_amount as double)
            + cast(pipeline_wins_without_amount as double) * coalesce(average_check, 0)
        ) as from_pipeline,
        kept_share * new_wins * coalesce(average_check, 0) as from_new_leads
    from parts
),

named as (
    select
        kpi,
        kind,
        day,
        months_ahead,
        month_no + months_ahead as target_no,
        is_today,
        first_whole_month_no,
        last_whole_month_no,
        wins_so_far,
        average_check,
        from_pipeline,
        from_new_leads
    from by_kpi
)

select * from named
