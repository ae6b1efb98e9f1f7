{#- One row (`date`) for each day from the first to the last day that `bounds` names (columns first_date, last_date). -#}
{% macro date_spine(bounds) -%}
    {{ return(adapter.dispatch('date_spine')(bounds)) }}
{%- endmacro %}

{% macro duckdb__date_spine(bounds) -%}
    select cast(unnest(generate_series(first_date, last_date, interval '1' day)) as date) as date
    from {{ bounds }}
    where first_date is not null and last_date is not null
{%- endmacro %}

{% macro default__date_spine(bounds) -%}
    select explode(sequence(first_date, last_date, interval '1' day)) as date
    from {{ bounds }}
    where first_date <= last_date
{%- endmacro %}
