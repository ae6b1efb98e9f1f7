{#-
    Component of every node of an undirected graph (`edges`: a, b as whole numbers); its name is its smallest node.
    Exact for any shape: first every node takes its smallest neighbour as label and the graph shrinks to the edges
    between labels, which settles nearly all people; what remains is joined by hooking trees to smaller trees and
    halving paths, so that even a long chain needs few rounds.
-#}
{% macro connected_components(edges) -%}
    {{ return(adapter.dispatch('connected_components')(edges)) }}
{%- endmacro %}

{% macro duckdb__connected_components(edges) -%}
    with recursive labels as materialized (
        select
            both_ways.a as node,
            least(both_ways.a, min(both_ways.b)) as label
        from (select a, b from {{ edges }} union all select b as a, a as b from {{ edges }}) as both_ways
        group by both_ways.a
    ),

    links as materialized (
        select
            label_a.label as a,
            label_b.label as b
        from (select a, b from {{ edges }} union all select b as a, a as b from {{ edges }}) as both_ways
        inner join labels as label_a on both_ways.a = label_a.node
        inner join labels as label_b on both_ways.b = label_b.node
        where label_a.label <> label_b.label
        group by label_a.label, label_b.label
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
    )

    select
        labels.node,
        coalesce(trees.parent, labels.label) as component
    from labels
    left join trees on labels.label = trees.node
{%- endmacro %}

{#- Portable and exact, but one round for each step of the longest path and every pair of connected nodes as a row. -#}
{% macro default__connected_components(edges) -%}
    with recursive reached as (
        select
            a as node,
            a as reached_node
        from {{ edges }}
        union
        select
            b as node,
            b as reached_node
        from {{ edges }}
        union
        select
            reached.node,
            both_ways.b as reached_node
        from reached
        inner join
            (select a, b from {{ edges }} union all select b as a, a as b from {{ edges }}) as both_ways
            on reached.reached_node = both_ways.a
    )

    select
        node,
        min(reached_node) as component
    from reached
    group by node
{%- endmacro %}
