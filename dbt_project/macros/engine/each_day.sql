{#- Every row of `rows` once for each of its days from `first_day` to `last_day`, as column `day`. -#}
{% macro each_day(rows) -%}
    {{ return(adapter.dispatch('each_day')(rows)) }}
{%- endmacro %}

{% macro duckdb__each_day(rows) -%}
    select
        *,
        cast(unnest(generate_series(first_day, last_day, interval '1' day)) as date) as day
    from {{ rows }}
{%- endmacro %}

{% macro default__each_day(rows) -%}
    select
        *,
        explode(sequence(first_day, last_day, interval '1' day)) as day
    from {{ rows }}
    where first_day <= last_day
{%- endmacro %}
