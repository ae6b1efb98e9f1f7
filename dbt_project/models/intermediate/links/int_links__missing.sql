-- References of sheets' rows to records that their own source doesn't have under just that id.
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
)

select * from missing
