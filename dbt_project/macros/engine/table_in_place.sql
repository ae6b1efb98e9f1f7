{#- How DuckDB builds a table: dropped and created again in one transaction, so that readers and a failure find the old one.

dbt's own way (create under another name, rename twice, drop) takes four more statements and four times as long as the
SQL of a small table, and DuckDB can't rename a table that others depend on. -#}
{%- materialization table, adapter='duckdb', supported_languages=['sql'] -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type='table') -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- call statement('main') -%}
        {%- if existing is not none %}drop {{ existing.type }} if exists {{ existing }};{% endif %}
        {{ create_table_as(False, target, compiled_code, 'sql') }}
    {%- endcall -%}
    {%- do create_indexes(target) -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- do persist_docs(target, model) -%}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target]}) }}
{%- endmaterialization -%}
