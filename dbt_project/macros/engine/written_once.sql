{#-
    How a table of the mart is built that has, row by row, what another table has, or quotients of it. On DuckDB as a view:
    publication writes the rows of what reads more than the mart (publish/aside.py), so they are written once less. On
    Spark as a table, since the published files are those that it writes.
-#}
{% macro written_once() -%}
    {{ return(adapter.dispatch('written_once')()) }}
{%- endmacro %}

{% macro duckdb__written_once() -%}
    {{ return('view') }}
{%- endmacro %}

{% macro default__written_once() -%}
    {{ return('table') }}
{%- endmacro %}
