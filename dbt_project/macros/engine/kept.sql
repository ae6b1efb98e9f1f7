{#-
    What DuckDB does not do again: build a table that would come out as it is, run a test that would pass as it did.

    `models.made` (orchestration/transform/blank/made.py) has a line for each table that was built or read and for each
    test: the hash of what it was made from, its SQL and the contents of all that reads, and its own content. A table
    that was built again and holds what it held before lets everything that stands on it alone be kept. Where there is
    no `models.made`, everything is built; with --full-refresh, too.
-#}

{#-
    What `name` would be made from by `code` now, and whether that is what it was made from:
    {name, made_from, is_kept, rest, is_rest_kept}. `rest` is what is not read in parts (in_parts.sql). None where nothing
    is to be kept. Answered by the process that dbt runs in (orchestration/transform/within_dbt/notes.py).
-#}
{% macro making(name, code, parts=none) -%}
    {{ return(adapter.dispatch('making')(name, code, parts)) }}
{%- endmacro %}

{% macro default__making(name, code, parts) -%}
    {{ return(none) }}
{%- endmacro %}

{% macro duckdb__making(name, code, parts) -%}
    {%- if graph.get('making') is none -%}
        {{ return(none) }}
    {%- endif -%}
    {{ return(graph.making(adapter.add_query, model, code, name, parts, flags.FULL_REFRESH)) }}
{%- endmacro %}

{#-
    Let a later build of the same code send these texts (name -> SQL), and after them those of the hooks, without making
    them again; see within_dbt/sent.py. `made` as from `making`, {} for what is never kept. Hooks before the node, or
    outside of its transaction, are dbt's to run: then nothing is remembered.
-#}
{% macro remember(made, texts, pre_hooks=[], post_hooks=[]) -%}
    {%- if graph.get('remember') is not none and not pre_hooks and not post_hooks | rejectattr('transaction') | list -%}
        {%- set after = [] -%}
        {%- for hook in post_hooks -%}
            {%- do after.append(render(hook.get('sql')) | trim) -%}
        {%- endfor -%}
        {%- do graph.remember(model.unique_id, made, dict(texts, **({'after': after | join(';\n')} if after else {}))) -%}
    {%- endif -%}
{%- endmacro %}

{#- SQL that notes a name: what it was made from, and number and hash of the rows of `rows_of`. -#}
{% macro note_of(name, made_from, rows_of) -%}
    delete from models.made where name = '{{ name }}';
    insert into models.made
    select
        '{{ name }}' as name,
        {{ "'" ~ made_from ~ "'" if made_from else 'cast(null as varchar)' }} as made_from,
        count(*) || ':' || coalesce(sum(hash(rows_of)), 0) as content
    {{ rows_of }}
    returning content;
{%- endmacro %}

{#- After the SQL that builds a table: SQL that notes it; nothing where nothing is to be kept. -#}
{% macro note_table(made, relation) -%}
    {%- if made -%} ; {{ note_of(made.name, made.made_from, 'from ' ~ relation ~ ' as rows_of') }} {%- endif -%}
{%- endmacro %}

{#- Whether the table of the model stays as it is, and with it what its hooks have made. -#}
{% macro stays(made, existing) -%}
    {{ return(made and made.is_kept and existing is not none and existing.type == 'table') }}
{%- endmacro %}

{#- A test as dbt runs it (failures are never stored here), but one that passed over the same tables has passed. -#}
{%- materialization test, adapter='duckdb' -%}
    {%- set made = making(model.unique_id, compiled_code) -%}
    {%- if made and made.is_kept -%}
        {%- call statement('main', fetch_result=True) -%} select 0 as failures, false as should_warn, false as should_error {%- endcall -%}
    {%- else -%}
        {%- set check = get_test_sql(
            compiled_code, config.get('fail_calc'), config.get('warn_if'), config.get('error_if'), limit=config.get('limit')
        ) -%}
        {%- set note = note_of(made.name, made.made_from, 'from (select 1) as rows_of') if made -%}
        {%- call statement('main', fetch_result=True) -%} {{ check }} {%- endcall -%}
        {%- if made and load_result('main')['data'][0][0] == 0 -%}
            {%- call statement('note') -%} {{ note }} {%- endcall -%}
        {%- endif -%}
        {%- do remember(made, {'check': check, 'note': note}) -%}
    {%- endif -%}
    {{ adapter.commit() }}
    {{ return({'relations': []}) }}
{%- endmaterialization -%}
