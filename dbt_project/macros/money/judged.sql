{#-
    The CTEs `converted` and `judged` over the rows of `relation`: each with the rate of its first day (of a range, too, so
    that what was entered times one rate is what is spread) and whether the rules refuse it. Needs the CTE `rates`.
-#}
{% macro judged(relation, rules) -%}
converted as (
    select
        {{ relation }}.*,
        case when {{ relation }}.currency = {{ relation }}.reporting_currency then 1 else rates.rate end as rate
    from {{ relation }}
    left join rates on {{ relation }}.currency = rates.currency and {{ relation }}.first_day = rates.date
),

judged as (
    select
        *,
        {{ is_refused(rules) }} as is_refused
    from converted
)
{%- endmacro %}
