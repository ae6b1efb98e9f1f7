-- Every staged target with its fate; of several versions of one target the newest that could be read counts.
with staged as (
    {{ union_sources('targets') }}
),

judged as (
    select
        *,
        {{ is_refused(target_rules()) }} as is_refused
    from staged
),

versions as (
    select
        *,
        {{ newer_versions(['source', 'target_id']) }} as newer_versions
    from judged
),

fated as (
    select
        *,
        {{ version_fate() }} as fate
    from versions
)

select * from fated
