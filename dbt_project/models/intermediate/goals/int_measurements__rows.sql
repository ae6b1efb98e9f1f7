-- Every staged measurement with its fate; of several of one KPI and day the newest that could be read counts.
with staged as (
    {{ union_sources('measurements') }}
),

judged as (
    select
        *,
        {{ is_refused(measurement_rules()) }} as is_refused
    from staged
),

versions as (
    select
        *,
        {{ newer_versions(['source', 'kpi', 'date']) }} as newer_versions
    from judged
),

fated as (
    select
        *,
        {{ version_fate() }} as fate
    from versions
)

select * from fated
