{#- dimension -> its columns of a member, in the events, of leads, and of deals -#}
{%- set dimensions = {
    'total': {}, 'channel': {'channel': 'channel'}, 'campaign': {'channel': 'channel', 'campaign': 'campaign'},
    'sales_rep': {'sales_rep': 'owner'}, 'product': {'product': 'product'},
} -%}
{%- set events = {'campaign': 'channel'} -%}
{%- set columns = ['channel', 'campaign', 'sales_rep', 'product'] -%}
{%- set stocks = {'open_deals': 'open_deals_change', 'open_pipeline': 'open_pipeline_change'} -%}
-- Both sides of the comparisons of running periods: the measures of each member on the first days of both.
with comparisons as (
    select * from {{ ref('int_comparisons') }} where not is_complete
),

sides as (
    select grain, period_start, comparison, true as is_after, period_start as first_day, last_day from comparisons
    union all
    select grain, period_start, comparison, false as is_after, base_period_start as first_day, base_last_day as last_day
    from comparisons
),

{{ known_measures() }},

events as {{ read_in_place() }} (
    {%- for dimension, members in dimensions.items() %}
    select
        '{{ dimension }}' as dimension,
        date,
        {{- columns_of_member(members) }},
        {{ kpi_measures().keys() | join(',\n        ') }}
    from {{ ref('int_kpi_events_' ~ events.get(dimension, dimension)) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

last_days as (
    select distinct last_day from sides
),

days_of_sides as (
    {{ each_day('sides') }}
),

-- days that lie in the same sides are summed once: from each day on which a side begins, or one has ended, to the next
turns as (
    select first_day as day from sides
    union
    select {{ add_days('last_day', 1) }} as day from sides
),

stretches as (
    select
        day as first_day,
        {{ add_days('lead(day) over (order by day)', -1) }} as last_day
    from turns
),

stretches_of_sides as (
    select
        sides.grain,
        sides.period_start,
        sides.comparison,
        sides.is_after,
        stretches.first_day,
        stretches.last_day
    from sides
    inner join stretches on sides.first_day <= stretches.first_day and sides.last_day >= stretches.last_day
),

stretches_summed as (
    select distinct
        first_day,
        last_day
    from stretches_of_sides
),

days_of_stretches as (
    {{ each_day('stretches_summed') }}
),

first_events as (
    select
        dimension,
        {%- for column in columns %}
        {{ column }},
        {%- endfor %}
        min(date) as first_date
    from events
    group by all
),

-- stocks are all changes up to the last day, of every member that had an event by then; few events change a stock
changes as (
    select
        last_days.last_day,
        events.dimension,
        {%- for column in columns %}
        events.{{ column }},
        {%- endfor %}
        {%- for stock, change in stocks.items() %}
        sum(events.{{ change }}) as {{ stock }}{%- if not loop.last %},{% endif %}
        {%- endfor %}
    from last_days
    inner join events on last_days.last_day >= events.date
    where events.open_deals_change <> 0 or events.open_pipeline_change <> 0
    group by all
),

stocks as (
    select
        last_days.last_day,
        first_events.dimension,
        {%- for column in columns %}
        first_events.{{ column }},
        {%- endfor %}
        {%- for stock in stocks %}
        changes.{{ stock }}{%- if not loop.last %},{% endif %}
        {%- endfor %}
    from last_days
    inner join first_events on last_days.last_day >= first_events.first_date
    left join changes
        on
            last_days.last_day = changes.last_day
            and first_events.dimension = changes.dimension
            {%- for column in columns %}
            and first_events.{{ column }} = changes.{{ column }}
            {%- endfor %}
),

-- everything else is what happened between the two
sums_of_stretches as (
    select
        days_of_stretches.first_day,
        events.dimension,
        {%- for column in columns %}
        events.{{ column }},
        {%- endfor %}
        {%- for measure in kpi_measures() %}
        sum(events.{{ measure }}) as {{ measure }}{%- if not loop.last %},{% endif %}
        {%- endfor %}
    from days_of_stretches
    inner join events on days_of_stretches.day = events.date
    group by all
),

flows as (
    select
        stretches_of_sides.grain,
        stretches_of_sides.period_start,
        stretches_of_sides.comparison,
        stretches_of_sides.is_after,
        stretch_sums.dimension,
        {%- for column in columns %}
        stretch_sums.{{ column }},
        {%- endfor %}
        {%- for measure in kpi_measures() %}
        sum(stretch_sums.{{ measure }}) as {{ measure }}{%- if not loop.last %},{% endif %}
        {%- endfor %}
    from stretches_of_sides
    inner join sums_of_stretches as stretch_sums on stretches_of_sides.first_day = stretch_sums.first_day
    group by all
),

sums as (
    select
        sides.grain,
        sides.period_start,
        sides.comparison,
        sides.is_after,
        stocks.*,
        flows.{{ kpi_measures().keys() | join(',\n        flows.') }}
    from sides
    inner join stocks on sides.last_day = stocks.last_day
    left join flows
        on
            sides.grain = flows.grain
            and sides.period_start = flows.period_start
            and sides.comparison = flows.comparison
            and sides.is_after = flows.is_after
            and stocks.dimension = flows.dimension
            {%- for column in columns %}
            and stocks.{{ column }} = flows.{{ column }}
            {%- endfor %}
),

weighted as (
    {%- for dimension, members in dimensions.items() %}
    select
        '{{ dimension }}' as dimension,
        end_date,
        {{- columns_of_member(members) }},
        sum(unknown) as unknown,
        sum(weighted_pipeline) as weighted_pipeline
    from {{ ref('int_weighted_pipeline' if members else 'int_weighted_pipeline_days') }}
    group by end_date{% for member in members %}, {{ member }}{% endfor %}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

responses as (
    {%- for dimension, members in dimensions.items() %}
    select
        '{{ dimension }}' as dimension,
        date,
        {{- columns_of_member(members) }},
        response_seconds as seconds
    from {{ ref('int_kpi_leads') }}
    where response_seconds is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

won_products as (
    select distinct
        deal_key,
        product
    from {{ ref('int_won_lines') }}
),

cycles as (
    {%- for dimension, members in dimensions.items() %}
    select
        '{{ dimension }}' as dimension,
        deals.closed_date as date,
        {%- for column in columns %}
        {%- set own = 'won_products.product' if column == 'product' else 'deals.' ~ members.get(column) %}
        {{ own if column in members else "'(none)'" }} as {{ column }},
        {%- endfor %}
        deals.cycle_seconds as seconds
    from {{ ref('int_deals') }} as deals
    {{ 'inner join won_products on deals.deal_key = won_products.deal_key' if dimension == 'product' }}
    where deals.counts_won and deals.cycle_seconds is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

{%- for median in ['responses', 'cycles'] %}

{{ median }}_medians as (
    select
        sides.grain,
        sides.period_start,
        sides.comparison,
        sides.is_after,
        {{ median }}.dimension,
        {%- for column in columns %}
        {{ median }}.{{ column }},
        {%- endfor %}
        percentile_cont(0.5) within group (order by {{ median }}.seconds) as seconds
    from days_of_sides as sides
    inner join {{ median }} on sides.day = {{ median }}.date
    group by all
),
{%- endfor %}

filled as (
    select
        sums.grain,
        sums.period_start,
        sums.comparison,
        sums.is_after,
        sums.dimension,
        {%- for column in columns %}
        sums.{{ column }},
        {%- endfor %}
        {%- for measure in kpi_measures() %}
        {{ filled_measure(measure, 'sums') }} as {{ measure }},
        {%- endfor %}
        {%- for stock, change in stocks.items() %}
        case
            when known.{{ change }} then cast(coalesce(sums.{{ stock }}, 0) as {{ kpi_stocks()[stock] }})
        end as {{ stock }},
        {%- endfor %}
        case
            when known.open_pipeline_change and coalesce(weighted.unknown, 0) = 0
                then cast(coalesce(weighted.weighted_pipeline, 0) as {{ kpi_stocks()['weighted_pipeline'] }})
        end as weighted_pipeline,
        responses_medians.seconds / 60.0 as median_response_minutes,
        cycles_medians.seconds / 86400.0 as median_sales_cycle_days
    from sums
    cross join known
    left join weighted
        on
            sums.last_day = weighted.end_date
            and sums.dimension = weighted.dimension
            {%- for column in columns %}
            and sums.{{ column }} = weighted.{{ column }}
            {%- endfor %}
    {%- for median in ['responses_medians', 'cycles_medians'] %}
    left join {{ median }}
        on
            sums.grain = {{ median }}.grain
            and sums.period_start = {{ median }}.period_start
            and sums.comparison = {{ median }}.comparison
            and sums.is_after = {{ median }}.is_after
            and sums.dimension = {{ median }}.dimension
            {%- for column in columns %}
            and sums.{{ column }} = {{ median }}.{{ column }}
            {%- endfor %}
    {%- endfor %}
),

derived as (
    select
        *,
        {%- for measure, derivation in kpi_derived_measures().items() %}
        cast({{ derivation['formula'] }} as {{ derivation['data_type'] }}) as {{ measure }},
        {%- endfor %}
        case dimension
            when 'total' then 'total'
            when 'channel' then channel
            when 'campaign' then channel || ' / ' || campaign
            when 'sales_rep' then sales_rep
            else product
        end as member
    from filled
)

select * from derived
