{#-
    Component of every node of an undirected graph (`edges`: a, b as whole numbers below 2^31): a number that is the same
    for all nodes that are joined. The body of a `fixpoint` model. Exact for any shape: in a round every node takes the label of its smallest neighbour's smallest neighbour, and
    the graph shrinks to the edges between labels. The first round settles nearly all people, six of them chains of
    thousands; what remains is joined by hooking trees to smaller trees and halving paths. Nodes are shuffled (times an
    odd number modulo 2^32, and back), since a chain whose nodes stand in order would not shrink.
-#}
{% macro connected_components(edges) -%}
    {{ return(adapter.dispatch('connected_components')(edges)) }}
{%- endmacro %}

{% macro duckdb__connected_components(edges) -%}
    {%- set rounds = 6 %}
    with recursive links_0 as materialized (
        select
            a * 2654435761 % 4294967296 as a,
            b * 2654435761 % 4294967296 as b
        from {{ edges }}
    ),

    {%- for round in range(1, rounds + 1) %}

    nearest_{{ round }} as materialized (
        select
            both_ways.a as node,
            least(both_ways.a, min(both_ways.b)) as label
        from (select a, b from links_{{ round - 1 }} union all select b as a, a as b from links_{{ round - 1 }}) as both_ways
        group by both_ways.a
    ),

    labels_{{ round }} as materialized (
        select nearest.node, next_label.label
        from nearest_{{ round }} as nearest
        inner join nearest_{{ round }} as next_label on nearest.label = next_label.node
    ),

    links_{{ round }} as materialized (
        select distinct
            label_a.label as a,
            label_b.label as b
        from links_{{ round - 1 }} as links
        inner join labels_{{ round }} as label_a on links.a = label_a.node
        inner join labels_{{ round }} as label_b on links.b = label_b.node
        -- a difference and no <>: that would be taken for a join of every label with every other
        where label_a.label - label_b.label <> 0
    ),
    {%- endfor %}

    links as materialized (
        select a, b from links_{{ rounds }}
        union
        select b as a, a as b from links_{{ rounds }}
    ),

    trees(node, parent) using key (node) as (
        select
            links.a as node,
            least(links.a, min(links.b)) as parent
        from links
        group by links.a
        union
        select
            found.node,
            min(found.parent) as parent
        from (
            select
                tree_a.parent as node,
                grand_b.parent
            from links
            inner join recurring.trees as tree_a on links.a = tree_a.node
            inner join recurring.trees as tree_b on links.b = tree_b.node
            inner join recurring.trees as grand_b on tree_b.parent = grand_b.node
            union all
            select
                links.a as node,
                grand_b.parent
            from links
            inner join recurring.trees as tree_b on links.b = tree_b.node
            inner join recurring.trees as grand_b on tree_b.parent = grand_b.node
            union all
            select
                tree_a.node,
                grand_a.parent
            from recurring.trees as tree_a
            inner join recurring.trees as grand_a on tree_a.parent = grand_a.node
        ) as found
        inner join recurring.trees as known on found.node = known.node
        where found.parent < known.parent
        group by found.node
    ),

    -- from the last round back to the first: what became of the label that a node took
    named_{{ rounds + 1 }} as (
        select node, parent as component from trees
    ){% for round in range(rounds, 0, -1) %},

    named_{{ round }} as (
        select
            labels.node,
            coalesce(named.component, labels.label) as component
        from labels_{{ round }} as labels
        left join named_{{ round + 1 }} as named on labels.label = named.node
    ){% endfor %}

    select
        node * 244002641 % 4294967296 as node,
        component
    from named_1
{%- endmacro %}

{#-
    In rounds: every node takes the smallest label of its neighbours, offers it to the node that its label is, and takes
    the label of its label. A chain of thousands takes a dozen rounds.
-#}
{% macro default__connected_components(edges) -%}
    {%- set both_ways = "(select a, b from " ~ edges ~ " union all select b as a, a as b from " ~ edges ~ ") as both_ways" %}
    select
        a as node,
        a * 2654435761 % 4294967296 as code,
        least(a * 2654435761 % 4294967296, min(b * 2654435761 % 4294967296)) as component,
        true as is_open
    from {{ both_ways }}
    group by a
;
    with nearest as (
        select
            both_ways.a as node,
            min(neighbours.component) as component
        from {{ both_ways }}
        inner join previous_round as neighbours on both_ways.b = neighbours.node
        group by both_ways.a
    ),

    offered as (
        select
            known.code,
            nearest.component
        from previous_round as known
        inner join nearest on known.node = nearest.node
        union all
        select
            known.component as code,
            nearest.component
        from previous_round as known
        inner join nearest on known.node = nearest.node
        union all
        select
            known.code,
            roots.component
        from previous_round as known
        inner join previous_round as roots on known.component = roots.code
    ),

    best as (
        select
            code,
            min(component) as component
        from offered
        group by code
    )

    select
        known.node,
        known.code,
        least(known.component, best.component) as component,
        best.component < known.component as is_open
    from previous_round as known
    inner join best on known.code = best.code
{%- endmacro %}
