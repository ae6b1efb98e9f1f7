{%- set columns = kpi_measures().keys() | list + kpi_derived_measures().keys() | list + kpi_stocks().keys() | list + [
    'median_response_minutes', 'median_sales_cycle_days',
] -%}
{%- set maturing = ['contacted_leads', 'qualified_leads', 'opportunities', 'converted_leads'] -%}
-- The sides of comparisons that can't be read off the KPI tables: of running periods both, over the same days; of KPIs
-- that mature the base as it stood at the age that the period has today.
with comparisons as (
    select * from {{ ref('int_comparisons') }}
),

late as (
    select * from {{ ref('int_late_events') }}
),

running as (
    select * from {{ ref('int_running_sums') }}
),

whole as (
    select * from {{ ref('kpi_sums') }} where grain <> 'day'
),

bases as (
    select
        dimension,
        member,
        grain,
        period_start,
        comparison,
        {{ columns | join(',\n        ') }}
    from running
    where not is_after
    union all
    select
        whole.dimension,
        whole.member,
        whole.grain,
        comparisons.period_start,
        comparisons.comparison,
        whole.{{ columns | join(',\n        whole.') }}
    from whole
    inner join comparisons
        on whole.grain = comparisons.grain and whole.period_start = comparisons.base_period_start
    where comparisons.is_complete
),

-- at the age of the later period
aged as (
    select
        bases.dimension,
        bases.member,
        bases.grain,
        bases.period_start,
        bases.comparison,
        {%- for column in columns %}
        {%- if column in maturing + ['ltv_gross_profit'] %}
        cast(bases.{{ column }} - coalesce(late.{{ column }}, 0) as {{ kpi_measures()[column] }}) as {{ column }},
        {%- else %}
        bases.{{ column }},
        {%- endif %}
        {%- endfor %}
        {%- for measure in maturing %}
        coalesce(late.{{ measure }}_without_time, 0) = 0 as {{ measure }}_has_times,
        {%- endfor %}
        -- whose customers brought what later is reckoned for the company alone
        bases.dimension = 'total' as ltv_gross_profit_has_times
    from bases
    left join late
        on
            bases.dimension = late.dimension
            and bases.member = late.member
            and bases.grain = late.grain
            and bases.period_start = late.period_start
            and bases.comparison = late.comparison
),

base_values as (
    {%- for kpi in kpi_catalogue() %}
    select
        dimension,
        member,
        grain,
        period_start,
        comparison,
        '{{ kpi.id }}' as kpi,
        cast({{ kpi_value(kpi) }} as double) as base_value,
        {{ kpi_has_times(kpi, maturing + ['ltv_gross_profit']) }} as is_comparable
    from aged
    where
        dimension in (
            '{{ kpi.dimensions | join("', '") }}'
        )
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

values_so_far as (
    {%- for kpi in kpi_catalogue() %}
    select
        dimension,
        member,
        grain,
        period_start,
        comparison,
        '{{ kpi.id }}' as kpi,
        cast({{ kpi_value(kpi) }} as double) as value
    from running
    where
        is_after
        and dimension in (
            '{{ kpi.dimensions | join("', '") }}'
        )
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

whole_values as (
    {%- for kpi in kpi_catalogue() if kpi.matures %}
    select
        whole.dimension,
        whole.member,
        whole.grain,
        whole.period_start,
        comparisons.comparison,
        '{{ kpi.id }}' as kpi,
        cast({{ kpi_value(kpi) }} as double) as value
    from whole
    inner join comparisons on whole.grain = comparisons.grain and whole.period_start = comparisons.period_start
    where
        comparisons.is_complete
        and whole.dimension in (
            '{{ kpi.dimensions | join("', '") }}'
        )
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

sides as (
    select
        dimension,
        member,
        grain,
        period_start,
        comparison,
        kpi,
        value,
        cast(null as double) as base_value,
        is_comparable
    from (
        select *, cast(null as boolean) as is_comparable from values_so_far
        union all
        select *, cast(null as boolean) as is_comparable from whole_values
    ) as later
    union all
    select
        base_values.dimension,
        base_values.member,
        base_values.grain,
        base_values.period_start,
        base_values.comparison,
        base_values.kpi,
        cast(null as double) as value,
        base_values.base_value,
        base_values.is_comparable
    from base_values
    inner join comparisons
        on
            base_values.grain = comparisons.grain
            and base_values.period_start = comparisons.period_start
            and base_values.comparison = comparisons.comparison
    where
        not comparisons.is_complete
        or base_values.kpi in (
            {%- for kpi in kpi_catalogue() if kpi.matures is defined %}
            '{{ kpi.id }}'{%- if not loop.last %},{% endif %}
            {%- endfor %}
        )
),

side_by_side as (
    select
        grain,
        period_start,
        dimension,
        member,
        kpi,
        comparison,
        max(value) as value,
        max(base_value) as base_value,
        coalesce(min(case when is_comparable then 1 else 0 end) filter (where is_comparable is not null), 1) = 1
            as is_comparable
    from sides
    group by grain, period_start, dimension, member, kpi, comparison
)

select * from side_by_side where value is not null or base_value is not null
