-- Which leads are duplicates, and of which lead. A person's first lead opens a window of deduplicate_days; further
-- leads within it are its duplicates, the next one after it opens a new window. What people marked in the CRM is a
-- duplicate anyway; deleted, test and marked leads open no window.
with leads as (
    select * from {{ ref('int_leads__people') }}
),

candidates as (
    select * from {{ ref('int_leads__candidates') }}
),

crowded as (
    select distinct person_key
    from candidates
),

openers as (
    select * from {{ ref('int_leads__openers') }}
),

-- switched off, every lead stands for itself
survivors as (
    select
        person_key,
        record_key,
        happened_at
    from openers
    union
    select
        person_key,
        record_key,
        happened_at
    from candidates
    where days = 0
),

-- each survivor begins a stretch of its person's leads
stretches as (
    select
        leads.person_key,
        leads.lead_key,
        leads.is_marked,
        leads.is_deleted or leads.is_test as is_out,
        survivors.record_key,
        count(survivors.record_key) over (
            partition by leads.person_key order by leads.created_at, leads.lead_key
            rows between unbounded preceding and current row
        ) as stretch
    from leads
    inner join crowded on leads.person_key = crowded.person_key
    left join survivors on leads.lead_key = survivors.record_key
),

heads as (
    select
        person_key,
        stretch,
        max(record_key) as record_key
    from stretches
    where stretch > 0
    group by person_key, stretch
),

-- who stands before the first survivor belongs to that one
assigned as (
    select
        stretches.lead_key,
        stretches.is_marked or not stretches.is_out as is_duplicate,
        heads.record_key as duplicate_of
    from stretches
    left join heads on stretches.person_key = heads.person_key and greatest(stretches.stretch, 1) = heads.stretch
    where stretches.record_key is null and (stretches.is_marked or not stretches.is_out)
),

judged as (
    select
        leads.lead_key,
        leads.person_key,
        leads.is_test,
        leads.is_marked or coalesce(assigned.is_duplicate, false) as is_duplicate,
        assigned.duplicate_of
    from leads
    left join assigned on leads.lead_key = assigned.lead_key
)

select * from judged
