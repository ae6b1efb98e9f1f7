with periods as (
    select distinct grain, period_start, period_end from kpi_total where grain <> 'day'
),

given as (
    select
        periods.grain, periods.period_start, results.channel,
        sum(case when leads_count then leads end) as summed_leads,
        sum(case when deals_count then won_deals end) as summed_won_deals,
        sum(case when deals_count then revenue end) as summed_revenue,
        sum(case when not leads_count then leads end) as reported_leads,
        sum(case when not deals_count then won_deals end) as reported_won_deals,
        sum(case when not deals_count then revenue end) as reported_revenue
    from fct_daily_results as results
    inner join periods on results.date between periods.period_start and periods.period_end
    where not results.is_test
    group by periods.grain, periods.period_start, results.channel
)

select * from given
order by grain, period_start, channel
