{{ config(enabled=source_is_enabled('amocrm')) }}

-- Statuses by name. The two that end a record have the same id in every pipeline, under whatever name.
with statuses as (
    select * from {{ source('amocrm', 'status') }}
),

named as (
    select
        pipeline_id,
        id as status_id,
        name as stage,
        case id when '142' then 'won' when '143' then 'lost' end as meaning
    from statuses
)

select * from named
