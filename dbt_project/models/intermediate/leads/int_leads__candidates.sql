-- Leads that may open a window, of people with more than one lead: deleted, test and marked leads open none.
with leads as (
    select * from {{ ref('int_leads__people') }}
),

crowded as (
    select person_key
    from leads
    group by person_key
    having count(*) > 1
),

candidates as (
    select
        leads.person_key,
        leads.lead_key as record_key,
        leads.created_at as happened_at,
        leads.created_date as day,
        leads.created_at_is_date as is_day_only,
        workspace.deduplicate_days as days
    from leads
    inner join crowded on leads.person_key = crowded.person_key
    cross join {{ source('settings', 'workspace') }} as workspace
    where not leads.is_deleted and not leads.is_test and not leads.is_marked
)

select * from candidates
