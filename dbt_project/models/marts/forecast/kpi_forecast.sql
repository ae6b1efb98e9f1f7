{#- Past forecasts that a range needs at least. -#}
{%- set enough = 4 -%}
{%- set forecast = ['as_of', 'is_today', 'months_ahead'] -%}
-- What comes until the end of the year, beside its own record: what was forecast one, two and three months before each
-- past month from what was known then, and what came. The 80 % range is as wide as these forecasts were wrong, and
-- never narrower than chance alone makes the number of deals.
with forecasts as (
    select
        *,
        from_pipeline + from_new_leads as to_come
    from {{ ref('int_forecasts') }}
),

-- what each forecast could have known of the record: months that were over; beyond three months the record ends
records as (
    select
        forecasts.kpi,
        forecasts.as_of,
        forecasts.is_today,
        forecasts.months_ahead,
        count(*) as record_forecasts,
        sum(past.to_come) as record_value,
        sum(past.actual) as record_actual,
        sum(abs(past.to_come - past.actual)) as record_absolute_error,
        sum(
            cast(power(1 - cast(past.actual as double) / cast(past.to_come as double), 2) as decimal(28, 12))
        ) as squares
    from forecasts
    inner join forecasts as past
        on
            forecasts.kpi = past.kpi
            and not past.is_today
            and past.enough_history
            and past.actual is not null
            and past.to_come > 0
            and greatest(least(forecasts.months_ahead, 3), 1) = past.months_ahead
            and past.month < date_trunc('month', {{ add_days('forecasts.as_of', 1) }})
    group by forecasts.kpi, forecasts.as_of, forecasts.is_today, forecasts.months_ahead
),

won as (
    select
        as_of,
        is_today,
        months_ahead,
        to_come as wins_to_come
    from forecasts
    where kpi = 'won_deals'
),

deviated as (
    select
        forecasts.*,
        records.record_forecasts,
        records.record_value,
        records.record_actual,
        records.record_absolute_error,
        case when records.record_forecasts >= {{ enough }} then greatest(
            cast(forecasts.to_come as double) * sqrt(cast(records.squares as double) / records.record_forecasts)
            * case when forecasts.months_ahead > 3 then sqrt(forecasts.months_ahead / cast(3 as double)) else 1 end,
            case forecasts.kpi when 'revenue' then forecasts.average_check else 1 end
            * sqrt(cast(case forecasts.kpi when 'revenue' then won.wins_to_come else forecasts.to_come end as double))
        ) end as deviation
    from forecasts
    left join records on {{ same_forecast('forecasts', 'records', forecast + ['kpi']) }}
    left join won on {{ same_forecast('forecasts', 'won', forecast) }}
),

ranged as (
    select
        month,
        kpi,
        as_of,
        months_ahead,
        closed,
        case when enough_history then from_pipeline end as from_pipeline,
        case when enough_history then from_new_leads end as from_new_leads,
        cast(case when enough_history then closed + to_come end as decimal(28, 6)) as value,
        -- an 80 % range of a normal error; what has come can't go again
        case
            when enough_history and deviation is not null
                then {{ in_millionths('closed + greatest(cast(to_come as double) - 1.281551566 * deviation, 0)') }}
        end as low,
        case
            when enough_history
                then {{ in_millionths('closed + cast(to_come as double) + 1.281551566 * deviation') }}
        end as high,
        enough_history,
        actual,
        cast(case when enough_history then closed + to_come - actual end as decimal(28, 6)) as error,
        cast(coalesce(record_forecasts, 0) as bigint) as record_forecasts,
        cast(record_value as decimal(28, 6)) as record_value,
        cast(record_actual as decimal(28, 6)) as record_actual,
        cast(record_absolute_error as decimal(28, 6)) as record_absolute_error
    from deviated
    where enough_history or is_today
)

select * from ranged
