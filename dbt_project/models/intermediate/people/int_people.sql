-- Same person = person id, e-mail or telephone, transitively: the connected components of the identities.
-- The smallest node of a component is the smallest identity of the person.
with smallest as (
    select
        component,
        min(node) as node
    from {{ ref('int_people__components') }}
    group by component
),

-- identities are read in place, twice: a common table of them would be kept in memory as a whole
named as (
    select
        smallest.component,
        identities.identity as person_key
    from smallest
    inner join {{ ref('int_people__identities') }} as identities on smallest.node = identities.node
),

people as (
    select
        identities.identity,
        coalesce(named.person_key, identities.identity) as person_key
    from {{ ref('int_people__identities') }} as identities
    left join {{ ref('int_people__components') }} as components on identities.node = components.node
    left join named on components.component = named.component
)

select * from people
