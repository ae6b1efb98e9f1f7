{#-
    A product of decimals, of at most twelve decimals, as money of six. DuckDB takes two microseconds to leave out decimals of a number of more
    than 18 digits, a hundred times as long as of one of up to 18, and rounds alike: what fits is narrowed first.
-#}
{% macro in_money(product) -%}
    {{ return(adapter.dispatch('in_money')(product)) }}
{%- endmacro %}

{% macro duckdb__in_money(product) -%}
    coalesce(
        cast(try_cast({{ product }} as decimal(18, 12)) as decimal(28, 6)),
        cast({{ product }} as decimal(28, 6))
    )
{%- endmacro %}

{% macro default__in_money(product) -%}
    cast({{ product }} as decimal(28, 6))
{%- endmacro %}
