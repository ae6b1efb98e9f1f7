{#- How DuckDB builds a view: dropped and created again in one transaction, as tables are (table_in_place.sql).

dbt's own way asks for the columns of another view than the one that stays, and renames it: six statements, each of which
plans the whole query again. -#}
{%- materialization view, adapter='duckdb', supported_languages=['sql'] -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type='view') -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- set create = create_view_as(target, compiled_code) -%}
    {%- call statement('main') -%}
        {%- if existing is not none %}drop {{ existing.type }} if exists {{ existing }};{% endif %}
        {{ create }}
    {%- endcall -%}
    {%- do remember({}, {'create': create}, pre_hooks, post_hooks) -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- do persist_docs(target, model) -%}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target]}) }}
{%- endmaterialization -%}
