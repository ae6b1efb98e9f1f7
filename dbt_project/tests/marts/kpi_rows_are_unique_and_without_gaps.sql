-- One row for each period and member, and one for every period between a member's first and last. Days of a member are
-- those with an event, and all of these, by members_sum_to_total.
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
),

wrong as (
    select kpi_table, member, grain
    from spans
    where
        member is null
        or expected is null
        or period_rows <> periods
        or (periods <> expected and (grain <> 'day' or kpi_table = 'kpi_total'))
    union all
    select 'kpi_sums' as kpi_table, member, grain
    from {{ ref('kpi_sums') }} as sums
    where grain = 'day' and dimension <> 'total' and not {{ has_event('sums') }}
)

select * from wrong
