-- One row for each period and member, and one for every period between a member's first and last.
{% set tables = {
    'kpi_total': "'total'", 'kpi_by_channel': 'channel', 'kpi_by_campaign': "channel || ' / ' || campaign",
    'kpi_by_sales_rep': 'sales_rep', 'kpi_by_product': 'product',
} %}
with frames as (
    select distinct grain, period_start, period_end from {{ ref('int_periods') }}
),

numbered as (
    select *, row_number() over (partition by grain order by period_start) as number from frames
),

members as (
    {%- for table, member in tables.items() %}
    select '{{ table }}' as kpi_table, {{ member }} as member, grain, period_start from {{ ref(table) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

spans as (
    select
        members.kpi_table,
        members.member,
        members.grain,
        count(*) as period_rows,
        count(distinct members.period_start) as periods,
        max(numbered.number) - min(numbered.number) + 1 as expected
    from members
    left join numbered on members.grain = numbered.grain and members.period_start = numbered.period_start
    group by members.kpi_table, members.member, members.grain
)

select * from spans where member is null or expected is null or period_rows <> expected or periods <> expected
