{#-
    A whole model: every period between a member's first and last event (at the latest today), with the sums of all
    measures, the deals open at its end, and the medians. `events` is the daily model, `members` the member's columns,
    `products_of_deals` says that a deal belongs to the products of its lines.
-#}
{% macro kpi_periods(events, members, products_of_deals=false) -%}
with today as (
    select today from {{ source('settings', 'workspace') }}
),

periods as (
    select * from {{ ref('int_periods') }}
),

-- what is dated after today (a cost of the whole month) has not happened yet
daily as (
    select
        events.date,
        {%- for member in members %}
        events.{{ member }},
        {%- endfor %}
        {%- for measure, data_type in kpi_measures().items() %}
        cast(sum(events.{{ measure }}) as {{ data_type }}) as {{ measure }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref(events) }} as events
    inner join today on events.date <= today.today
    group by events.date{% for member in members %}, events.{{ member }}{% endfor %}
),

{{ known_measures() }},

spans as (
    select
        {%- for member in members %}
        {{ member }},
        {%- endfor %}
        min(date) as first_date,
        max(date) as last_date
    from daily
    {%- if members %}
    group by {{ members | join(', ') }}
    {%- endif %}
),

frames as (
    select distinct grain, period_start, period_end, is_complete from periods
),

spine as (
    select
        frames.grain,
        frames.period_start,
        frames.period_end,
        frames.is_complete{% for member in members %},
        spans.{{ member }}
        {%- endfor %}
    from spans
    inner join frames on frames.period_start <= spans.last_date and frames.period_end >= spans.first_date
),

sums as (
    select
        periods.grain,
        periods.period_start,
        {%- for member in members %}
        daily.{{ member }},
        {%- endfor %}
        {%- for measure in kpi_measures() %}
        sum(daily.{{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
        {%- endfor %}
    from daily
    inner join periods on daily.date = periods.date
    group by periods.grain, periods.period_start{% for member in members %}, daily.{{ member }}{% endfor %}
),

{{ kpi_medians(members, products_of_deals) }},

filled as (
    select
        spine.*,
        {%- for measure, data_type in kpi_measures().items() %}
        case when known.{{ measure }} then cast(coalesce(sums.{{ measure }}, 0) as {{ data_type }}) end as {{ measure }},
        {%- endfor %}
        response_medians.median_response_minutes,
        cycle_medians.median_sales_cycle_days
    from spine
    cross join known
    {%- for cte in ['sums', 'response_medians', 'cycle_medians'] %}
    left join {{ cte }}
        on
            spine.grain = {{ cte }}.grain
            and spine.period_start = {{ cte }}.period_start
            {%- for member in members %}
            and spine.{{ member }} = {{ cte }}.{{ member }}
            {%- endfor %}
    {%- endfor %}
),

derived as (
    select
        *,
        cast(sum(open_deals_change) over (
            partition by {{ (['grain'] + members) | join(', ') }} order by period_start
            rows between unbounded preceding and current row
        ) as {{ kpi_measures()['open_deals_change'] }}) as open_deals,
        {%- for measure, derivation in kpi_derived_measures().items() %}
        cast({{ derivation['formula'] }} as {{ derivation['data_type'] }}) as {{ measure }}{{ ',' if not loop.last }}
        {%- endfor %}
    from filled
)

select * from derived
{%- endmacro %}


{#- The CTEs `response_medians` and `cycle_medians`, by grain, period and member: a median is no sum of medians. -#}
{% macro kpi_medians(members, products_of_deals) -%}
{%- set columns = {'channel': 'channel', 'campaign': 'campaign', 'sales_rep': 'owner', 'product': 'product'} -%}
responses as (
    select leads.date, leads.response_seconds{% for member in members %}, leads.{{ member }}{% endfor %}
    from {{ ref('int_kpi_leads') }} as leads
    inner join today on leads.date <= today.today
    where leads.response_seconds is not null
),

response_medians as (
    select
        periods.grain,
        periods.period_start,
        {%- for member in members %}
        responses.{{ member }},
        {%- endfor %}
        percentile_cont(0.5) within group (order by responses.response_seconds) / 60.0 as median_response_minutes
    from responses
    inner join periods on responses.date = periods.date
    group by periods.grain, periods.period_start{% for member in members %}, responses.{{ member }}{% endfor %}
),

cycles as (
    select{{ ' distinct deals.deal_key,' if products_of_deals }}
        deals.closed_date as date,
        deals.cycle_seconds{% for member in members %},
        {{ 'won_lines.product' if products_of_deals else 'deals.' ~ columns[member] ~ ' as ' ~ member }}
        {%- endfor %}
    from {{ ref('int_deals') }} as deals
    {%- if products_of_deals %}
    inner join {{ ref('int_won_lines') }} as won_lines on deals.deal_key = won_lines.deal_key
    {%- endif %}
    inner join today on deals.closed_date <= today.today
    where deals.counts_won and deals.cycle_seconds is not null
),

cycle_medians as (
    select
        periods.grain,
        periods.period_start,
        {%- for member in members %}
        cycles.{{ member }},
        {%- endfor %}
        percentile_cont(0.5) within group (order by cycles.cycle_seconds) / 86400.0 as median_sales_cycle_days
    from cycles
    inner join periods on cycles.date = periods.date
    group by periods.grain, periods.period_start{% for member in members %}, cycles.{{ member }}{% endfor %}
)
{%- endmacro %}
