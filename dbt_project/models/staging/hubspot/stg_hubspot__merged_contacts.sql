{{ config(enabled=source_is_enabled('hubspot')) }}

-- Which contact lives on in which. A survivor may be merged itself later: three doublings follow eight merges in a row.
with contacts as (
    select * from {{ source('hubspot', 'contact') }}
),

listed as (
    {{ split_to_rows('contacts', 'id', 'property_hs_merged_object_ids', ';') }}
),

said as (
    select
        part as contact_id,
        id as survivor_id
    from listed
    union all
    select
        vid_to_merge as contact_id,
        canonical_vid as survivor_id
    from {{ source('hubspot', 'contact_merge_audit') }}
),

pairs as (
    select
        contact_id,
        max(survivor_id) as survivor_id
    from said
    where contact_id <> survivor_id and contact_id <> ''
    group by contact_id
),

two_merges as (
    select
        pairs.contact_id,
        coalesce(later.survivor_id, pairs.survivor_id) as survivor_id
    from pairs
    left join pairs as later on pairs.survivor_id = later.contact_id
),

four_merges as (
    select
        two_merges.contact_id,
        coalesce(later.survivor_id, two_merges.survivor_id) as survivor_id
    from two_merges
    left join two_merges as later on two_merges.survivor_id = later.contact_id
),

eight_merges as (
    select
        four_merges.contact_id,
        coalesce(later.survivor_id, four_merges.survivor_id) as survivor_id
    from four_merges
    left join four_merges as later on four_merges.survivor_id = later.contact_id
),

-- a contact whose survivor is in no extract stays: its lead must not get lost
surviving as (
    select * from eight_merges
    where contact_id <> survivor_id and survivor_id in (select contacts.id from contacts)
)

select * from surviving
