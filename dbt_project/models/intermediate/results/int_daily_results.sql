{%- set kinds = {
    'ads': ['impressions', 'clicks'], 'leads': ['leads', 'qualified_leads', 'opportunities'],
    'deals': ['won_deals', 'revenue'],
} -%}
-- Sums by day, and which of them count: ads, leads and deals each only for a channel, campaign and month of which no
-- records say the same. Records that name no campaign, or no channel at all, may be those that a sum counts.
with results as (
    select
        *,
        cast(date_trunc('month', date) as date) as month,
        channel in ('unattributed', 'unmapped') as is_unplaced
    from {{ ref('int_daily_results__daily') }}
),

records as (
    select 'ads' as kind, cast(date_trunc('month', date) as date) as month, channel, campaign
    from {{ ref('int_ad_spend') }}
    where counts and (impressions is not null or clicks is not null)
    union
    select 'leads' as kind, cast(date_trunc('month', created_date) as date) as month, channel, campaign
    from {{ ref('int_leads') }}
    where counts
    union
    select
        'deals' as kind,
        cast(date_trunc('month', deals.closed_date) as date) as month,
        credits.channel,
        credits.campaign
    from {{ ref('int_deals') }} as deals
    inner join {{ ref('int_attribution_credits') }} as credits on deals.deal_key = credits.deal_key
    where deals.counts_won
),

of_channels as (
    select
        kind,
        month,
        channel,
        max(case when campaign = '(none)' then 1 else 0 end) = 1 as some_name_no_campaign
    from records
    group by kind, month, channel
),

of_months as (
    select
        kind,
        month,
        min(case when channel in ('unattributed', 'unmapped') then 1 else 0 end) = 1 as none_names_a_channel
    from records
    group by kind, month
),

judged as (
    select
        results.*,
        {{ recorded(kinds) }}
    from results
    {{ join_records(kinds) }}
),

settled as (
    select
        judged.result_key,
        judged.date,
        judged.source,
        judged.channel,
        judged.campaign,
        coalesce(paid.channel_is_paid, false) as channel_is_paid,
        {%- for count in result_counts() %}
        judged.{{ count }},
        {%- endfor %}
        judged.currency,
        judged.revenue_source,
        judged.revenue,
        judged.is_test,
        {%- for kind, columns in kinds.items() %}
        not judged.is_test
        and not judged.{{ kind }}_recorded
        and coalesce(judged.{{ columns | join(', judged.') }}) is not null as {{ kind }}_count,
        {%- endfor %}
        judged._file,
        judged._row
    from judged
    left join {{ ref('int_channel_paid') }} as paid on judged.channel = paid.channel
)

select * from settled
