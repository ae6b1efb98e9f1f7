-- What a reference in a sheet means where its own source has no such record: the only record of that id in any sheet.
with references_given as (
    select
        'leads' as entity,
        source,
        lead_id as id
    from {{ ref('stg_sheets__deals') }}
    union
    select
        'deals' as entity,
        source,
        deal_id as id
    from {{ ref('stg_sheets__deal_lines') }}
    union
    select
        'deals' as entity,
        source,
        deal_id as id
    from {{ ref('stg_sheets__refunds') }}
    union
    select
        {{ stage_history_entity() }} as entity,
        source,
        entity_id as id
    from {{ ref('stg_sheets__stage_history') }}
),

leads as (
    select * from {{ ref('int_leads__rows') }}
),

deals as (
    {{ union_sources('deals') }}
),

known as (
    select
        'leads' as entity,
        source,
        lead_id as id
    from leads
    union all
    select
        'deals' as entity,
        source,
        deal_id as id
    from deals
),

missing as (
    select
        references_given.entity,
        references_given.source,
        references_given.id
    from references_given
    left join known
        on
            references_given.entity = known.entity
            and references_given.source = known.source
            and references_given.id = known.id
    where references_given.id is not null and known.id is null
),

records as (
    select
        'leads' as entity,
        source,
        lead_id as id
    from {{ ref('stg_sheets__leads') }}
    union all
    select
        'deals' as entity,
        source,
        deal_id as id
    from {{ ref('stg_sheets__deals') }}
),

candidates as (
    select
        missing.entity,
        missing.source,
        missing.id,
        min(records.source) as found_source,
        count(distinct records.source) as sources
    from missing
    inner join records on missing.entity = records.entity and missing.id = records.id
    group by missing.entity, missing.source, missing.id
),

links as (
    select
        entity,
        source,
        id,
        case when sources = 1 then found_source end as linked_source,
        sources > 1 as is_ambiguous
    from candidates
)

select * from links
