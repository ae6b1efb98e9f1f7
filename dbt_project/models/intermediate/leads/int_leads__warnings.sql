-- Leads that are kept and flagged.
with leads as (
    select * from {{ ref('int_leads') }}
),

found as (
    select
        reached.lead_key as key,
        'unmapped_stage' as warning,
        rows.stage as detail
    from {{ ref('int_leads__reached') }} as reached
    inner join {{ ref('int_leads__rows') }} as rows on reached.lead_key = rows.lead_key and rows.fate = 'kept'
    where reached.stage_is_unmapped
    union all
    select
        lead_key as key,
        'unmapped_channel' as warning,
        coalesce(utm_source, '') || ' / ' || coalesce(utm_medium, '') as detail
    from leads
    where channel = 'unmapped'
    union all
    select
        lead_key as key,
        'response_before_creation' as warning,
        cast(first_response_at as varchar) as detail
    from leads
    where first_response_at < created_at and not created_at_is_date and response_seconds is null
),

named as (
    select
        'leads' as entity,
        leads.source,
        found.key,
        found.warning,
        found.detail
    from found
    inner join leads on found.key = leads.lead_key
)

select * from named
