{#- So many leads of one day are no accident where a source has no other day. -#}
{%- set enough = 20 -%}
-- Sources whose leads were all created on one day: that is the day of an import, not of the leads.
with leads as (
    select * from {{ ref('int_leads') }} where counts
),

constant as (
    select
        source,
        min(created_date) as created_date,
        count(*) as leads
    from leads
    group by source
    having count(*) >= {{ enough }} and min(created_date) = max(created_date)
)

select * from constant
