{%- set keys = ['dimension', 'member', 'grain', 'period_start', 'comparison'] -%}
{%- set as_they_are = compared_columns() | reject('in', maturing_measures()) | list -%}
-- The sides of comparisons that can't be read off the KPI tables, as sums like theirs: of running periods both, over
-- the same days; of whole periods the bases of which something came only later, as they stood at the age that the
-- period has today.
with comparisons as (
    select * from {{ ref('int_comparisons') }} where is_complete
),

late as (
    select
        *,
        false as is_after
    from {{ ref('int_late_events') }}
),

whole as (
    select * from {{ ref('kpi_sums') }} where grain <> 'day'
),

sides as (
    select
        {{ (keys + compared_columns()) | join(',\n        ') }},
        is_after,
        true as is_running
    from {{ ref('int_running_sums') }}
    union all
    select
        late.{{ keys | join(',\n        late.') }},
        whole.{{ compared_columns() | join(',\n        whole.') }},
        late.is_after,
        false as is_running
    from late
    inner join comparisons
        on
            late.grain = comparisons.grain
            and late.period_start = comparisons.period_start
            and late.comparison = comparisons.comparison
    inner join whole
        on
            comparisons.grain = whole.grain
            and comparisons.base_period_start = whole.period_start
            and late.dimension = whole.dimension
            and late.member = whole.member
),

-- whose customers brought what later is reckoned for the company alone
aged as (
    select
        sides.{{ (keys + ['is_after', 'is_running'] + as_they_are) | join(',\n        sides.') }},
        {{ measures_at_age() }}
    from sides
    left join late
        on
            sides.is_after = late.is_after
            {%- for key in keys %}
            and sides.{{ key }} = late.{{ key }}
            {%- endfor %}
)

select * from aged
