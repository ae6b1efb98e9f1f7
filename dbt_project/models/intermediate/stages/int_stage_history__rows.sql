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
        case
            when lower(entity) in ('leads', 'lead') then 'leads'
            when lower(entity) in ('deals', 'deal') then 'deals'
        end as entity,
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

versioned as (
    select
        *,
        max(_load_id) over (partition by source, entity, entity_id, entered_at) as newest_load_id,
        row_number() over (
            partition by source, entity, entity_id, entered_at, lower(stage) order by _load_id desc, _row desc
        ) as version_no
    from named
),

judged as (
    select
        versioned.*,
        case
            when
                versioned.entity is not null and versioned.entity_id is not null
                and versioned.entered_at is not null and versioned.stage is not null
                and (versioned._load_id < versioned.newest_load_id or versioned.version_no > 1)
                then 'superseded'
            when {{ is_refused(refusal_rules('stage_history')) }} then 'refused'
            else 'kept'
        end as fate
    from versioned
    cross join workspace
)

select * from judged
