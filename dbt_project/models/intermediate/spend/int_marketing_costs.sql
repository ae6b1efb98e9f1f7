with kept as (
    select
        *,
        cast({{ converted('amount', 'rate') }} as decimal(28, 2)) as amount_reporting,
        {{ days_between('first_day', 'last_day') }} + 1 as days
    from {{ ref('int_marketing_costs__judged') }}
    where not is_refused
),

by_day as (
    {{ each_day('kept') }}
),

placed as (
    select
        *,
        {{ days_between('first_day', 'day') }} as place
    from by_day
),

spread as (
    select
        cost_key,
        day as date,
        source,
        cost_type,
        department,
        channel,
        campaign,
        first_day as start_date,
        last_day as end_date,
        currency,
        cast({{ even_part('amount', 'days', 'place') }} as decimal(28, 6)) as amount_source,
        cast({{ even_part('amount_reporting', 'days', 'place') }} as decimal(28, 2)) as amount,
        coalesce({{ matches_record_rule('test', [
            'source', 'cost_type', 'department', 'channel', 'campaign', 'currency'
        ]) }}, false)
        or coalesce({{ matches_record_rule('test', {'channel': 'channel_given'}) }}, false) as is_test,
        _file,
        _row
    from placed
),

counted as (
    select
        cost_key,
        date,
        source,
        cost_type,
        department,
        channel,
        campaign,
        start_date,
        end_date,
        currency,
        amount_source,
        amount,
        is_test,
        not is_test as counts,
        _file,
        _row
    from spread
)

select * from counted
