{#-
    A whole model: each member's measures on both sides of every comparison, side by side. A member that is absent on one
    side has none there.
-#}
{% macro bridge_sides(periods_model, members, measures) -%}
with measures as (
    select * from {{ ref(periods_model) }}
),

comparisons as (
    select * from {{ ref('int_bridge_periods') }}
),

sides as (
    select *, period_start as side_start, true as is_after from comparisons
    union all
    select *, base_period_start as side_start, false as is_after from comparisons
),

side_by_side as (
    select
        sides.grain,
        sides.period_start,
        sides.comparison,
        sides.base_period_start,
        sides.is_complete,
        {%- for member in members %}
        measures.{{ member }},
        {%- endfor %}
        {%- for measure in measures %}
        {%- for side, condition in {'before': 'not sides.is_after', 'after': 'sides.is_after'}.items() %}
        coalesce(sum(measures.{{ measure }}) filter (where {{ condition }}), 0) as {{ measure }}_{{ side }},
        {%- endfor %}
        {%- endfor %}
        count(*) as sides_present
    from sides
    inner join measures on sides.grain = measures.grain and sides.side_start = measures.period_start
    group by
        sides.grain,
        sides.period_start,
        sides.comparison,
        sides.base_period_start,
        sides.is_complete
        {%- for member in members %},
        measures.{{ member }}
        {%- endfor %}
)

select * from side_by_side
{%- endmacro %}
