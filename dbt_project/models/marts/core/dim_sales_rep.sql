-- Every owner of leads or deals, and everyone the list of sales representatives names.
with attributes as (
    select * from {{ ref('int_members') }} where dimension = 'sales_rep'
),

owners as (
    select owner as sales_rep from {{ ref('int_leads') }}
    union
    select owner as sales_rep from {{ ref('int_deals') }}
    union
    select sales_rep from {{ ref('int_kpi_events_sales_rep') }}
    union
    select member as sales_rep from attributes
),

sales_reps as (
    select
        owners.sales_rep,
        coalesce(attributes.name, owners.sales_rep) as name,
        attributes.team,
        attributes.manager,
        owners.sales_rep <> 'unassigned' as is_known
    from owners
    left join attributes on owners.sales_rep = attributes.member
)

select * from sales_reps
