{#-
    A whole model: each member's measures on both sides of every comparison of months, quarters and years, side by side. Of
    a running period both sides are its first days. A member that is absent on one side has none there; `without_empty`
    leaves out sides on which it has nothing of all measures, which many members have.
-#}
{% macro bridge_sides(periods_model, dimension, members, measures, without_empty=false) -%}
{%- set wanted = (members + measures) | join(',\n        sides_of.') -%}
{%- set has_some = 'sides_of.' ~ measures | join(' <> 0 or sides_of.') ~ ' <> 0' -%}
with measures as (
    select * from {{ ref(periods_model) }}
),

running as (
    select * from {{ ref('int_running_sums') }} where dimension = '{{ dimension }}'
),

comparisons as (
    select * from {{ ref('int_comparisons') }} where grain <> 'week'
),

side_starts as (
    select *, period_start as side_start, true as is_after from comparisons where is_complete
    union all
    select *, base_period_start as side_start, false as is_after from comparisons where is_complete
),

sides as (
    select
        side_starts.grain,
        side_starts.period_start,
        side_starts.comparison,
        side_starts.is_after,
        sides_of.{{ wanted }}
    from side_starts
    inner join measures as sides_of
        on side_starts.grain = sides_of.grain and side_starts.side_start = sides_of.period_start
    {{ 'where ' ~ has_some if without_empty }}
    union all
    select
        sides_of.grain,
        sides_of.period_start,
        sides_of.comparison,
        sides_of.is_after,
        sides_of.{{ wanted }}
    from running as sides_of
    {{ 'where ' ~ has_some if without_empty }}
),

side_by_side as (
    select
        sides.grain,
        sides.period_start,
        sides.comparison,
        comparisons.base_period_start,
        comparisons.is_complete,
        {%- for member in members %}
        sides.{{ member }},
        {%- endfor %}
        {%- for measure in measures %}
        {%- for side, condition in {'before': 'not sides.is_after', 'after': 'sides.is_after'}.items() %}
        coalesce(sum(sides.{{ measure }}) filter (where {{ condition }}), 0) as {{ measure }}_{{ side }},
        {%- endfor %}
        {%- endfor %}
        count(*) as sides_present
    from sides
    inner join comparisons
        on
            sides.grain = comparisons.grain
            and sides.period_start = comparisons.period_start
            and sides.comparison = comparisons.comparison
    group by
        sides.grain,
        sides.period_start,
        sides.comparison,
        comparisons.base_period_start,
        comparisons.is_complete
        {%- for member in members %},
        sides.{{ member }}
        {%- endfor %}
)

select * from side_by_side
{%- endmacro %}
