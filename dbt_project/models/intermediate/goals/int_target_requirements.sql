-- What a revenue target asks of each department, and whose gap explains a shortfall.
with spans as (
    select * from {{ ref('int_target_spans') }} where kpi = 'revenue'
),

kpi_long as (
    select * from {{ ref('kpi_long') }}
    where grain = 'day' and kpi in ('average_check', 'qualification_rate', 'revenue')
),

-- the funnel's figures over the last 90 days, over the year before the target, and since it began
sums as (
    select
        spans.target_key,
        {%- for span, condition in {
            'today': 'kpi_long.period_start <= spans.today and ' ~ days_between('kpi_long.period_start', 'spans.today')
                ~ ' < 90',
            'before': 'kpi_long.period_start < spans.start_date and '
                ~ days_between('kpi_long.period_start', 'spans.start_date') ~ ' <= 365',
            'since': 'kpi_long.period_start between spans.start_date and spans.until_date',
        }.items() %}
        {%- for measure, kpi_and_part in {
            'won_amount': ['average_check', 'numerator'],
            'won_deals': ['average_check', 'denominator'],
            'qualified_leads': ['qualification_rate', 'numerator'],
            'leads': ['qualification_rate', 'denominator'],
            'revenue': ['revenue', 'numerator'],
        }.items() %}
        sum(cast(kpi_long.{{ kpi_and_part[1] }} as decimal(28, 9))) filter (
            where kpi_long.kpi = '{{ kpi_and_part[0] }}' and {{ condition }}
        ) as {{ measure }}_{{ span }},
        {%- endfor %}
        {%- endfor %}
        max(spans.span_days) as span_days,
        -- of a shorter history all of its days: deals of one month are not those of three
        least(90, coalesce(max({{ days_between('spans.first_date', 'spans.today') }}) + 1, 90)) as days_today
    from spans
    inner join kpi_long on spans.dimension = kpi_long.dimension and spans.member = kpi_long.member
    group by spans.target_key
),

rates as (
    select
        *,
        {%- for span in ['today', 'before'] %}
        revenue_{{ span }} / nullif(qualified_leads_{{ span }}, 0) as revenue_per_qualified_lead_{{ span }},
        {%- endfor %}
        qualified_leads_today / nullif(leads_today, 0) as qualification_rate_today,
        revenue_today / nullif(won_amount_today, 0) as kept_share_today
    from sums
),

requirements as (
    select
        target_key,
        revenue_per_qualified_lead_today,
        revenue_per_qualified_lead_before,
        qualification_rate_today,
        kept_share_today,
        -- deals that the target's whole span would see at the pace of the last 90 days
        won_deals_today * span_days / cast(days_today as double) as won_deals_at_todays_pace,
        qualified_leads_since
    from rates
)

select * from requirements
