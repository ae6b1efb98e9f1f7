-- Everything refused: rows by the models of their entity, rows and files by landing.
with files as (
    select * from {{ source('landing', 'files') }} where is_current
),

by_models as (
    {%- for entity in [
        'leads', 'deals', 'deal_lines', 'refunds', 'stage_history', 'attributes', 'touches', 'ad_spend',
        'marketing_costs', 'daily_results', 'fx_rates', 'targets', 'measurements',
    ] %}
    select
        entity,
        source,
        file,
        load_id,
        line,
        column_name,
        value,
        reason
    from {{ ref('int_' ~ entity ~ '__refused') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

-- rows of sheets may carry another source name; their table is called like the entity
located as (
    select
        by_models.entity,
        coalesce(by_models.source, 'sheets') as source,
        coalesce(files.table_name, by_models.entity) as table_name,
        by_models.file,
        by_models.load_id,
        by_models.line,
        by_models.column_name,
        by_models.value,
        by_models.reason
    from by_models
    left join files on by_models.load_id = files.load_id
),

by_landing as (
    select
        refused_rows.table_name as entity,
        refused_rows.source,
        refused_rows.table_name,
        refused_rows.file,
        refused_rows.load_id,
        refused_rows.line,
        refused_rows.column_name,
        refused_rows.value,
        refused_rows.reason
    from {{ source('landing', 'refused_rows') }} as refused_rows
    inner join files on refused_rows.load_id = files.load_id
    union all
    select
        table_name as entity,
        source,
        table_name,
        file,
        cast(null as bigint) as load_id,
        cast(null as bigint) as line,
        cast(null as varchar) as column_name,
        cast(null as varchar) as value,
        reason
    from {{ source('landing', 'refused_files') }}
),

everything as (
    select * from located
    union all
    select * from by_landing
)

select * from everything
