-- Same person = person id, e-mail or telephone, transitively: the connected components of the identities.
with identities as (
    select * from {{ ref('int_people__identities') }}
),

-- the smallest node of a component is the smallest identity of the person
components as (
    select
        node,
        min(node) over (partition by component) as smallest_node
    from {{ ref('int_people__components') }}
),

people as (
    select
        identities.identity,
        coalesce(smallest.identity, identities.identity) as person_key
    from identities
    left join components on identities.node = components.node
    left join identities as smallest on components.smallest_node = smallest.node
)

select * from people
