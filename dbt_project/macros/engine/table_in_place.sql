{#- How DuckDB builds a table: dropped and created again in one transaction, so that readers and a failure find the old one.

dbt's own way (create under another name, rename twice, drop) takes four more statements and four times as long as the
SQL of a small table, and DuckDB can't rename a table that others depend on. A table that would come out as it is stays
(kept.sql), and of some only the parts are built that would not (in_parts.sql). -#}
{%- materialization table, adapter='duckdb', supported_languages=['sql'] -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type='table') -%}
    {%- set parts = parts_of_model() -%}
    {%- set made = making((model.schema ~ '.' ~ model.alias) | lower, compiled_code, parts) -%}
    {%- if stays(made, existing) -%}
        {%- call noop_statement('main', 'KEPT') -%} {{ compiled_code }} {%- endcall -%}
        {{ adapter.commit() }}
        {{ return({'relations': [target]}) }}
    {%- endif -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- if parts and made and made.is_rest_kept and existing is not none and existing.type == 'table' -%}
        {%- call statement('main') -%} {{ build_parts(made, parts, target, compiled_code) }} {%- endcall -%}
    {%- else -%}
        {%- set create -%}
            {{ create_table_as(False, target, compiled_code, 'sql') }}
            {{ note_parts(made, parts) }}
            {{ note_table(made, target) }}
        {%- endset -%}
        {%- call statement('main') -%}
            {%- if existing is not none %}drop {{ existing.type }} if exists {{ existing }};{% endif %}
            {{ create }}
        {%- endcall -%}
        {%- do remember(made, {'create': create}, pre_hooks, post_hooks) -%}
    {%- endif -%}
    {%- do create_indexes(target) -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- do persist_docs(target, model) -%}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target]}) }}
{%- endmaterialization -%}
