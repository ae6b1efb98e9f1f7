-- Every staged measurement with its fate; of several of one KPI and day the newest counts.
with staged as (
    {{ union_sources('measurements') }}
),

versioned as (
    select
        *,
        row_number() over (partition by source, kpi, date order by _load_id desc, _row desc) as version_no
    from staged
),

judged as (
    select
        *,
        case
            when kpi is not null and date is not null and version_no > 1 then 'superseded'
            when {{ is_refused(measurement_rules()) }} then 'refused'
            else 'kept'
        end as fate
    from versioned
)

select * from judged
