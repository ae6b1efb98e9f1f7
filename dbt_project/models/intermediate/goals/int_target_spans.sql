-- Each target's KPI over the spans that its pace is judged by.
with targets as (
    select * from {{ ref('int_targets') }}
),

days as (
    select * from {{ ref('int_target_days') }}
),

workspace as (
    select * from {{ source('settings', 'workspace') }}
),

spans as (
    select
        targets.*,
        workspace.today,
        least(targets.due_date, workspace.today) as until_date,
        {{ days_between('targets.start_date', 'targets.due_date') }} + 1 as span_days,
        greatest({{ days_between('targets.start_date', 'least(targets.due_date, workspace.today)') }} + 1, 0)
            as elapsed_days
    from targets
    cross join workspace
),

summed as (
    select
        spans.target_key,
        min(days.first_date) as first_date,
        {%- for span, condition in {
            'actual': 'days.date between spans.start_date and spans.until_date',
            'year_before': "days.date between cast(spans.start_date - interval '1' year as date)"
                ~ " and cast(spans.due_date - interval '1' year as date)",
            'year_before_to_date': "days.date between cast(spans.start_date - interval '1' year as date)"
                ~ " and cast(spans.until_date - interval '1' year as date)",
            'preceding': 'days.date < spans.start_date and ' ~ days_between('days.date', 'spans.start_date')
                ~ ' <= spans.span_days',
        }.items() %}
        sum(days.numerator) filter (where {{ condition }}) as {{ span }}_numerator,
        sum(days.denominator) filter (where {{ condition }}) as {{ span }}_denominator
        {%- if not loop.last %},{% endif %}
        {%- endfor %}
    from spans
    inner join days on spans.target_key = days.target_key
    group by spans.target_key
),

-- weeks counted back from today: how much the KPI swings
weeks as (
    select
        days.target_key,
        floor({{ days_between('days.date', 'workspace.today') }} / 7.0) as weeks_ago,
        sum(days.numerator) as numerator,
        sum(days.denominator) as denominator,
        count(*) as days
    from days
    cross join workspace
    group by days.target_key, 2
),

weekly as (
    select
        weeks.target_key,
        weeks.weeks_ago,
        case when targets.kind = 'sum' then weeks.numerator else weeks.numerator / nullif(weeks.denominator, 0) end
            as value
    from weeks
    inner join targets on weeks.target_key = targets.target_key
    where weeks.weeks_ago < 26 and weeks.days = 7
),

-- week after week: floats that are added up in another order differ in their last digits
swings_so_far as (
    select
        target_key,
        avg(value) over so_far as weekly_mean,
        stddev_samp(value) over so_far as weekly_deviation,
        row_number() over (partition by target_key order by weeks_ago desc) as place
    from weekly
    window so_far as (partition by target_key order by weeks_ago rows between unbounded preceding and current row)
),

swings as (
    select * from swings_so_far where place = 1
),

-- A span that history covers in part, or that isn't over yet, is no value to compare with; nor is, for a goal of more
-- than a year, one that lies partly within the goal: it would move the goal while it runs.
joined as (
    select
        spans.*,
        summed.first_date,
        {%- for span, is_known in {
            'actual': 'true',
            'year_before': "summed.first_date <= cast(spans.start_date - interval '1' year as date)"
                ~ " and cast(spans.due_date - interval '1' year as date) < least(spans.today, spans.start_date)",
            'year_before_to_date': "summed.first_date <= cast(spans.start_date - interval '1' year as date)",
            'preceding': days_between('summed.first_date', 'spans.start_date') ~ ' >= spans.span_days'
                ~ ' and spans.start_date <= spans.today',
        }.items() %}
        case
            when not ({{ is_known }}) then null
            when spans.kind = 'sum' then summed.{{ span }}_numerator
            else summed.{{ span }}_numerator / nullif(summed.{{ span }}_denominator, 0)
        end as {{ span }},
        {%- endfor %}
        swings.weekly_mean,
        swings.weekly_deviation
    from spans
    left join summed on spans.target_key = summed.target_key
    left join swings on spans.target_key = swings.target_key
)

select * from joined
