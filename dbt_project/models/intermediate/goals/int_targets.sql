-- Targets in one language: what they are about, and what value is to be reached.
with kept as (
    select * from {{ ref('int_targets__rows') }} where fate = 'kept'
),

kpis as (
    select * from {{ ref('dim_kpi') }}
),

measured as (
    select distinct kpi from {{ ref('int_measurements') }}
),

members as (
    select distinct dimension, member from {{ ref('kpi_sums') }} where grain = 'year'
),

parents as (
    select source, target_id from kept
),

described as (
    select
        kept.source || ':' || kept.target_id as target_key,
        case when parents.target_id is not null then kept.source || ':' || kept.parent_target_id end
            as parent_target_key,
        kept.source,
        kept.target_id,
        lower(kept.kpi) as kpi,
        coalesce(lower(kept.direction), case when kpis.better = 'lower' then 'decrease' else 'increase' end)
            as direction,
        kept.baseline,
        kept.target,
        coalesce(lower(kept.unit), 'absolute') as unit,
        kept.start_date,
        kept.due_date,
        kept.owner,
        lower(kept.department) as department,
        coalesce(kept.scope, 'total') as scope,
        coalesce(split_part(kept.scope, '=', 1), 'total') as dimension,
        case
            when coalesce(kept.scope, 'total') = 'total' then 'total'
            else substr(kept.scope, length(split_part(kept.scope, '=', 1)) + 2)
        end as member,
        case when measured.kpi is not null then 'measurement' else kpis.kind end as kind
    from kept
    left join kpis on lower(kept.kpi) = kpis.kpi
    left join measured on lower(kept.kpi) = lower(measured.kpi)
    -- a goal that names itself serves no other
    left join parents
        on
            kept.source = parents.source
            and kept.parent_target_id = parents.target_id
            and kept.target_id <> parents.target_id
),

scoped as (
    select
        described.*,
        described.scope = 'total' or members.member is not null as scope_is_known,
        case when described.direction = 'decrease' then -1 else 1 end as sign
    from described
    left join members on described.dimension = members.dimension and described.member = members.member
)

select * from scoped
