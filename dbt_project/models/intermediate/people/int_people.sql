-- noqa: disable=PRS
-- Same person = person id, e-mail or telephone, transitively: the connected components of the identities.
with identities as (
    select * from {{ ref('int_people__identities') }}
),

components as (
    {{ connected_components(ref('int_people__edges')) }}
),

people as (
    select
        identities.identity,
        coalesce(smallest.identity, identities.identity) as person_key
    from identities
    left join components on identities.node = components.node
    left join identities as smallest on components.component = smallest.node
)

select * from people
