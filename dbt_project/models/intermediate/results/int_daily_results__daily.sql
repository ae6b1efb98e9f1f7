{%- set key = ['source', 'channel', 'campaign', 'currency'] -%}
-- Kept sums by day, channel and campaign: ranges spread over their days, whole records and to the cent, rows added up.
with kept as (
    select
        *,
        {{ days_between('first_day', 'last_day') }} + 1 as days,
        {{ in_money(converted('revenue', 'rate')) }} as revenue_reporting,
        coalesce({{ matches_record_rule('test', [
            'source', 'platform', 'channel', 'utm_source', 'utm_medium', 'utm_campaign', 'campaign_id', 'campaign_name',
            'currency'
        ]) }}, false)
        or coalesce({{ matches_record_rule('test', {'channel': 'channel_given'}) }}, false) as is_test
    from {{ ref('int_daily_results__judged') }}
    where not is_refused
),

days_of_rows as (
    {{ each_day('kept') }}
),

placed as (
    select
        *,
        {{ days_between('first_day', 'day') }} as place
    from days_of_rows
),

spread as (
    select
        {{ key | join(', ') }},
        is_test,
        day,
        {%- for count in result_counts() %}
        {{ even_part(count, 'days', 'place', 1) }} as {{ count }},
        {%- endfor %}
        {{ even_part('revenue', 'days', 'place') }} as revenue_source,
        {{ even_part('revenue_reporting', 'days', 'place') }} as revenue,
        _file,
        _row
    from placed
),

-- the row named is the first of those added up, so that the same rows in another order name the same one
added_up as (
    select
        {{ text_key(key + ['day', 'is_test']) }} as result_key,
        {{ key | join(', ') }},
        is_test,
        day as date,
        {%- for count in result_counts() %}
        cast(sum({{ count }}) as bigint) as {{ count }},
        {%- endfor %}
        cast(sum(revenue_source) as decimal(28, 6)) as revenue_source,
        cast(sum(revenue) as decimal(28, 6)) as revenue,
        min(_file) as _file,
        min(_row) as _row
    from spread
    group by {{ key | join(', ') }}, is_test, day
)

select * from added_up
