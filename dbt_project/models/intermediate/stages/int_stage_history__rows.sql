{{ config(meta={'parts': parts_of_rows('stage_history', ['source', 'entity_id'], at='entered_at')}) }}
-- Every staged entry into a stage with its fate. A newer extract replaces what an older one said of the same moment;
-- several stages entered on one day (where only the day is known) all stay.
with staged as (
    {{ union_sources('stage_history') }}
),

workspace as (
    select today from {{ source('settings', 'workspace') }}
),

named as (
    select
        source,
        entity as entity_given,
        {{ stage_history_entity() }} as entity,
        entity_id,
        entered_at,
        entered_at_is_date,
        {{ reporting_date('entered_at') }} as entered_date,
        stage,
        _file,
        _row,
        _load_id,
        _unreadable
    from staged
),

judged as (
    select
        named.*,
        {{ is_refused(refusal_rules('stage_history')) }} as is_refused
    from named
    cross join workspace
),

versions as (
    select
        *,
        max(case when not is_refused then _load_id end) over (
            partition by source, entity, entity_id, entered_at
        ) as newest_load_id,
        {{ newer_versions(['source', 'entity', 'entity_id', 'entered_at', 'lower(stage)']) }} as newer_versions
    from judged
),

fated as (
    select
        *,
        {{ version_fate('newer_versions > 0 or _load_id < newest_load_id') }} as fate
    from versions
)

select * from fated
