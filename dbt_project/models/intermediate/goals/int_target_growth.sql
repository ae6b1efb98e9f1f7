-- The best growth a target's KPI has had before the target began, and what the target's own growth counts from.
with windows as (
    select * from {{ ref('int_target_windows') }}
),

sums as (
    select * from {{ ref('int_target_sums') }}
),

levels as (
    select * from {{ ref('int_target_levels') }}
),

-- windows side by side, counted back from the start: none overlaps another, so that the best growth is one that was,
-- not the luckiest cut of the same days
laid as (
    select
        windows.*,
        sums.date as last_day,
        {{ add_days('sums.date', '1 - windows.window_days') }} as first_day
    from windows
    inner join sums
        on
            windows.target_key = sums.target_key
            and windows.known_until > sums.date
            and mod({{ days_between('sums.date', 'windows.known_until') }} - 1, windows.window_days) = 0
),

compared as (
    select
        *,
        case
            when is_yearly then cast(last_day - interval '1' year as date)
            else {{ add_days('last_day', '-window_days') }}
        end as earlier_last_day,
        case
            when is_yearly then cast(first_day - interval '1' year as date)
            else {{ add_days('first_day', '-window_days') }}
        end as earlier_first_day
    from laid
),

growths as (
    select
        compared.target_key,
        compared.sign,
        case
            when compared.kind = 'sum' then until.numerator - since.numerator
            else (until.numerator - since.numerator) / nullif(until.denominator - since.denominator, 0)
        end as later_value,
        case
            when compared.kind = 'sum' then earlier_until.numerator - earlier_since.numerator
            else
                (earlier_until.numerator - earlier_since.numerator)
                / nullif(earlier_until.denominator - earlier_since.denominator, 0)
        end as earlier_value
    from compared
    inner join sums as until on compared.target_key = until.target_key and compared.last_day = until.date
    inner join sums as since
        on compared.target_key = since.target_key and {{ add_days('compared.first_day', '-1') }} = since.date
    inner join sums as earlier_until
        on compared.target_key = earlier_until.target_key and compared.earlier_last_day = earlier_until.date
    inner join sums as earlier_since
        on
            compared.target_key = earlier_since.target_key
            and {{ add_days('compared.earlier_first_day', '-1') }} = earlier_since.date
),

best as (
    select
        target_key,
        case when max(sign) > 0 then max(later_value / earlier_value) else min(later_value / earlier_value) end
            as best_growth
    from growths
    where earlier_value > 0 and later_value > 0
    group by target_key
),

united as (
    select windows.target_key, windows.growth_base, best.best_growth
    from windows
    left join best on windows.target_key = best.target_key
    union all
    select target_key, before_start as growth_base, best_growth from levels
)

select * from united
