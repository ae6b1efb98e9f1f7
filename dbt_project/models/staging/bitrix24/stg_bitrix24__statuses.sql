{{ config(enabled=source_is_enabled('bitrix24')) }}

-- Reference books by kind: names, and what a status means. Older answers spell the semantics out.
with statuses as (
    select * from {{ source('bitrix24', 'status') }}
),

named as (
    select
        case
            when entity_id = 'STATUS' then 'leads'
            when entity_id like 'DEAL_STAGE%' then 'deals'
            when entity_id = 'SOURCE' then 'sources'
        end as entity,
        status_id,
        max(name) as name,
        max(case
            when lower(semantics) in ('s', 'success') then 'S'
            when lower(semantics) in ('f', 'failure', 'apology') then 'F'
        end) as semantics
    from statuses
    group by 1, 2
)

select * from named
