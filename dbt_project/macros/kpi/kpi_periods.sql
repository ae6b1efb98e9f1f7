{#-
    A whole model: the periods of every grain with the sums of all measures, the deals open at their end, and the medians.
    Weeks to years: all between a member's first and last event (at the latest today), gaps included; days of a member:
    those with an event, and without stocks; days of the total: all. `events` is the daily model, `members` the member's
    columns, `products_of_deals` says that a deal belongs to the products of its lines, `events_are_finer` that a member has
    several rows of one day.
    Members are numbered, so that what is grouped and joined is narrow; days are summed to weeks and months, months to
    quarters, quarters to years. Days of members have no gaps to be filled and no stocks: they are read off the events.
-#}
{% macro kpi_periods(events, members, products_of_deals=false, events_are_finer=false) -%}
with today as (
    select today from {{ source('settings', 'workspace') }}
),

periods as (
    select * from {{ ref('int_periods') }}
),

-- what is dated after today (a cost of the whole month) has not happened yet
happened as {{ read_in_place() }} (
    select
        events.*,
        today.today
    from {{ ref(events) }} as events
    inner join today on events.date <= today.today
),

spans as (
    select
        {%- for member in members %}
        {{ member }},
        {%- endfor %}
        {{ 'row_number() over (order by ' ~ members | join(', ') ~ ')' if members else '1' }} as member_no,
        min(date) as first_date,
        -- who has open deals goes on to today
        case when sum(open_deals_change) > 0 then max(today) else max(date) end as last_date
    from happened
    {%- if members %}
    group by {{ members | join(', ') }}
    {%- else %}
    having count(*) > 0
    {%- endif %}
),

{{ known_measures() }},

sums_of_day as {{ read_in_place() if not events_are_finer }} (
    select
        'day' as grain,
        happened.date as period_start,
        happened.date,
        spans.member_no,
        {%- if events_are_finer %}
        {{ sums_of(kpi_measures()) }}
        {%- else %}
        {%- for measure in kpi_measures() %}
        happened.{{ measure }}{{ ',' if not loop.last }}
        {%- endfor %}
        {%- endif %}
    from happened
    inner join spans on {{ same_member('happened', 'spans', members) }}
    {%- if events_are_finer %}
    group by happened.date, spans.member_no
    {%- endif %}
),

{%- for grain, finer in {'week': 'day', 'month': 'day', 'quarter': 'month', 'year': 'quarter'}.items() %}

sums_of_{{ grain }} as (
    select
        periods.grain,
        periods.period_start,
        min(finer.date) as date,
        finer.member_no,
        {{ sums_of(kpi_measures()) }}
    from sums_of_{{ finer }} as finer
    inner join periods on finer.date = periods.date and periods.grain = '{{ grain }}'
    group by periods.grain, periods.period_start, finer.member_no
),
{%- endfor %}

sums as (
    {%- for grain in ([] if members else ['day']) + ['week', 'month', 'quarter', 'year'] %}
    select * from sums_of_{{ grain }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

frames as (
    select distinct grain, period_start, period_end, is_complete from periods
),

spine as (
    select
        frames.grain,
        frames.period_start,
        frames.period_end,
        frames.is_complete,
        spans.member_no
    from spans
    inner join frames on frames.period_start <= spans.last_date and frames.period_end >= spans.first_date
    {%- if members %}
    where frames.grain <> 'day'
    {%- endif %}
),

-- few events change a stock: what they change is summed by itself, so that all sums are needed once
changes as (
    select
        periods.grain,
        periods.period_start,
        spans.member_no,
        sum(happened.open_deals_change) as open_deals_change,
        sum(happened.open_pipeline_change) as open_pipeline_change
    from happened
    inner join spans on {{ same_member('happened', 'spans', members) }}
    inner join periods on happened.date = periods.date
    where
        (happened.open_deals_change is not null or happened.open_pipeline_change is not null)
        {%- if members %}
        and periods.grain <> 'day'
        {%- endif %}
    group by periods.grain, periods.period_start, spans.member_no
),

-- what is open from a period with a change until the next one with a change
open_at_end as (
    select
        grain,
        period_start as open_from,
        coalesce(
            lead(period_start) over (partition by grain, member_no order by period_start), date '9999-12-31'
        ) as open_until,
        member_no,
        {%- for stock, change in {'open_deals': 'open_deals_change', 'open_pipeline': 'open_pipeline_change'}.items() %}
        cast(sum({{ change }}) over (
            partition by grain, member_no order by period_start rows between unbounded preceding and current row
        ) as {{ kpi_measures()[change] }}) as {{ stock }}{{ ',' if not loop.last }}
        {%- endfor %}
    from changes
),

{{ weighted_at_end(members) }},

{{ kpi_medians(members, products_of_deals) }},

-- what is wide is joined last
filled as (
    select
        spine.grain,
        spine.period_start,
        spine.period_end,
        spine.is_complete,
        {%- for member in members %}
        spans.{{ member }},
        {%- endfor %}
        {%- for measure in kpi_measures() %}
        {{ filled_measure(measure, 'sums') }} as {{ measure }},
        {%- endfor %}
        response_medians.median_response_minutes,
        cycle_medians.median_sales_cycle_days,
        {%- for stock, change in {
            'open_deals': 'open_deals_change', 'open_pipeline': 'open_pipeline_change',
            'weighted_pipeline': 'open_pipeline_change',
        }.items() %}
        case
            when known.{{ change }}
            {%- if stock == 'weighted_pipeline' %} and coalesce(weighted_at_end.unknown, 0) = 0{% endif %}
                then coalesce(
                    {{ 'weighted_at_end' if stock == 'weighted_pipeline' else 'open_at_end' }}.{{ stock }},
                    case when not ({{ rests_on_sums('deals', 'sums') }}) then 0 end
                )
        end as {{ stock }}{{ ',' if not loop.last }}
        {%- endfor %}
    from spine
    inner join spans on spine.member_no = spans.member_no
    cross join known
    left join open_at_end
        on
            spine.grain = open_at_end.grain
            and spine.member_no = open_at_end.member_no
            and spine.period_start >= open_at_end.open_from
            and spine.period_start < open_at_end.open_until
    {%- for cte in ['weighted_at_end', 'response_medians', 'cycle_medians', 'sums'] %}
    left join {{ cte }}
        on
            spine.grain = {{ cte }}.grain
            and spine.period_start = {{ cte }}.period_start
            and spine.member_no = {{ cte }}.member_no
    {%- endfor %}
    {%- if members %}
    union all
    select
        'day' as grain,
        frames.period_start,
        frames.period_end,
        frames.is_complete,
        {%- for member in members %}
        spans.{{ member }},
        {%- endfor %}
        {%- for measure in kpi_measures() %}
        {{ filled_measure(measure, 'days') }} as {{ measure }},
        {%- endfor %}
        response_medians.median_response_minutes,
        cycle_medians.median_sales_cycle_days,
        {%- for stock, data_type in kpi_stocks().items() %}
        cast(null as {{ data_type }}) as {{ stock }}{{ ',' if not loop.last }}
        {%- endfor %}
    from sums_of_day as days
    inner join frames on days.grain = frames.grain and days.period_start = frames.period_start
    inner join spans on days.member_no = spans.member_no
    cross join known
    {%- for cte in ['response_medians', 'cycle_medians'] %}
    left join {{ cte }}
        on
            days.grain = {{ cte }}.grain
            and days.period_start = {{ cte }}.period_start
            and days.member_no = {{ cte }}.member_no
    {%- endfor %}
    where {{ has_event('days') }}
    {%- endif %}
),

derived as (
    select
        *,
        {%- for measure, derivation in kpi_derived_measures().items() %}
        cast({{ derivation['formula'] }} as {{ derivation['data_type'] }}) as {{ measure }}{{ ',' if not loop.last }}
        {%- endfor %}
    from filled
)

select * from derived
{%- endmacro %}


{#- Condition: the rows of two relations are of the same member; always, where there are no members. -#}
{% macro same_member(relation, other, members) -%}
    {%- for member in members %}
    {{- ' and ' if not loop.first }}{{ relation }}.{{ member }} = {{ other }}.{{ member }}
    {%- else %}true
    {%- endfor %}
{%- endmacro %}


{#- Condition: something happened. That a deal was opened or closed alone is none: stocks are not shown by the day. -#}
{% macro has_event(relation) -%}
    (
    {%- for measure in kpi_measures() if measure not in ('open_deals_change', 'open_pipeline_change') %}
        {{ 'or ' if not loop.first }}coalesce({{ relation }}.{{ measure }}, 0) <> 0
    {%- endfor %}
    )
{%- endmacro %}


{#- The CTE `weighted_at_end`: the open pipeline times its probabilities, by grain, period and number of the member. -#}
{% macro weighted_at_end(members) -%}
weighted_at_end as (
    select
        frames.grain,
        frames.period_start,
        spans.member_no,
        sum(weighted.unknown) as unknown,
        cast(sum(weighted.weighted_pipeline) as {{ kpi_stocks()['weighted_pipeline'] }}) as weighted_pipeline
    from frames
    cross join today
    inner join {{ ref('int_weighted_pipeline' if members else 'int_weighted_pipeline_days') }} as weighted
        on least(frames.period_end, today.today) = weighted.end_date
    inner join spans on {{ same_member('weighted', 'spans', members) }}
    {%- if members %}
    where frames.grain <> 'day'
    {%- endif %}
    group by frames.grain, frames.period_start, spans.member_no
)
{%- endmacro %}


{#- The CTEs `response_medians` and `cycle_medians`, by grain, period and number of the member: a median is no sum of medians. -#}
{% macro kpi_medians(members, products_of_deals) -%}
{%- set columns = {'channel': 'channel', 'campaign': 'campaign', 'sales_rep': 'owner', 'product': 'product'} -%}
responses as (
    select leads.date, leads.response_seconds, spans.member_no
    from {{ ref('int_kpi_leads') }} as leads
    inner join today on leads.date <= today.today
    inner join spans on {{ same_member('leads', 'spans', members) }}
    where leads.response_seconds is not null
),

response_medians as (
    select
        periods.grain,
        periods.period_start,
        responses.member_no,
        percentile_cont(0.5) within group (order by responses.response_seconds) / 60.0 as median_response_minutes
    from responses
    inner join periods on responses.date = periods.date
    group by periods.grain, periods.period_start, responses.member_no
),

cycles as (
    select{{ ' distinct deals.deal_key,' if products_of_deals }}
        deals.closed_date as date,
        deals.cycle_seconds,
        spans.member_no
    from {{ ref('int_deals') }} as deals
    {%- if products_of_deals %}
    inner join {{ ref('int_won_lines') }} as won_lines on deals.deal_key = won_lines.deal_key
    {%- endif %}
    inner join today on deals.closed_date <= today.today
    inner join spans
        on
            {%- for member in members %}
            {{ 'and ' if not loop.first }}{{ 'won_lines.product' if products_of_deals else 'deals.' ~ columns[member] }} = spans.{{ member }}
            {%- else %} true
            {%- endfor %}
    where deals.counts_won and deals.cycle_seconds is not null
),

cycle_medians as (
    select
        periods.grain,
        periods.period_start,
        cycles.member_no,
        percentile_cont(0.5) within group (order by cycles.cycle_seconds) / 86400.0 as median_sales_cycle_days
    from cycles
    inner join periods on cycles.date = periods.date
    group by periods.grain, periods.period_start, cycles.member_no
)
{%- endmacro %}


{#-
    Which rows of a kpi_periods model depend on which rows of its inputs (engine/in_parts.sql): those of a member on the
    member's events, leads, deals and open pipeline alone; of the total only which measures are known. A new day changes
    the members whose last period has ended, those with open deals, and those with events of a later day.
-#}
{% macro parts_of_periods(events, members) -%}
    {%- set columns = {'channel': 'channel', 'campaign': 'campaign', 'sales_rep': 'owner'} -%}
    {%- set of_deals = [] -%}
    {%- for member in members %}{% do of_deals.append(columns[member]) %}{% endfor -%}
    {%- set last_periods -%}
        select
            spans.part,
            hash(periods.grain, periods.is_complete, case when spans.goes_on then spans.today end) as content
        from (
            select
                {{ part_key(members) }} as part,
                max(run.today) as today,
                least(max(events.date), max(run.today)) as last_date,
                max(events.date) >= max(run.today) or coalesce(sum(events.open_deals_change), 0) > 0 as goes_on
            from {{ '{' ~ events ~ '}' }} as events
            cross join {workspace} as run
            group by all
        ) as spans
        inner join {int_periods} as periods on spans.last_date = periods.date
    {%- endset -%}
    {{- return({
        'by': members,
        'of': {events: members},
        'watched': {'int_kpi_leads': members, 'int_deals': of_deals, 'int_weighted_pipeline': members},
        'read_as': known_of_total(),
        'accounted': ['settings.workspace.today', 'intermediate.int_periods'],
        'more': [last_periods],
    }) -}}
{%- endmacro %}
