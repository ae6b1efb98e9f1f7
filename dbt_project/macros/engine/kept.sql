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
    is to be kept.
-#}
{% macro making(name, code, parts=none) -%}
    {{ return(adapter.dispatch('making')(name, code, parts)) }}
{%- endmacro %}

{% macro default__making(name, code, parts) -%}
    {{ return(none) }}
{%- endmacro %}

{% macro duckdb__making(name, code, parts) -%}
    {%- if adapter.get_relation(database=model.database, schema='models', identifier='made') is none -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set inputs = {} -%}
    {%- do add_inputs(inputs, model, code, parts) -%}
    {%- set noted = noted_contents(inputs.keys() | list + [name, name ~ '#rest']) -%}
    {%- set of_rest, of_parts = [code], [] -%}
    {%- for input, is_read_in_parts in inputs.items() | sort -%}
        {%- set reading = read_as_a_whole(parts, input) -%}
        {%- if reading -%}
            {%- do noted.update({input: (none, content_now(input, reading))}) -%}
        {%- elif input not in noted -%}
            {%- do noted.update({input: (none, content_noted_now(input))}) -%}
        {%- endif -%}
        {%- set is_accounted = input in (parts or {}).get('accounted', []) -%}
        {%- do (of_parts if is_read_in_parts or is_accounted else of_rest).append(input ~ ' ' ~ noted[input][1]) -%}
    {%- endfor -%}
    {%- set rest = local_md5(of_rest | join('\n')) -%}
    {%- set made_from = local_md5((of_parts + [rest]) | join('\n')) -%}
    {{ return({
        'name': name,
        'made_from': made_from,
        'is_kept': not flags.FULL_REFRESH and noted.get(name, (none,))[0] == made_from,
        'rest': rest,
        'is_rest_kept': not flags.FULL_REFRESH and noted.get(name ~ '#rest', (none,))[0] == rest,
    }) }}
{%- endmacro %}

{#-
    Add to `inputs` the tables that a node reads, also through views, as `schema.table`, and whether they are read in
    parts alone; of a source of one row that says so (kept_by_column), the columns that `code` names.
-#}
{% macro add_inputs(inputs, node, code, parts=none, within_parts=false) -%}
    {%- set of_parts = dict((parts or {}).get('of', {}), **(parts or {}).get('watched', {})) -%}
    {%- for id in node.depends_on.nodes -%}
        {%- set source = graph.sources.get(id) -%}
        {%- set other = source or graph.nodes[id] -%}
        {%- set name = (other.schema ~ '.' ~ (other.identifier if source else other.alias)) | lower -%}
        {%- set in_parts = within_parts or other.name in of_parts -%}
        {%- if source and source.meta.get('kept_by_column') -%}
            {%- for column in source.columns if not code or modules.re.search('\\b' ~ column ~ '\\b', code) -%}
                {%- set name_of_column = name ~ '.' ~ column -%}
                {%- do inputs.update({name_of_column: in_parts and inputs.get(name_of_column, true)}) -%}
            {%- endfor -%}
        {%- elif not source and other.config.materialized in ('view', 'ephemeral') -%}
            {%- do add_inputs(inputs, other, none, none, in_parts) -%}
        {%- else -%}
            {%- do inputs.update({name: in_parts and inputs.get(name, true)}) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}

{#- name -> (hash of what it was made from, content), of those of `names` that are noted. -#}
{% macro noted_contents(names) -%}
    {%- call statement('noted', fetch_result=True) -%}
        select name || ' ' || coalesce(made_from, '-') || ' ' || content from models.made
        where name in ('{{ names | join("', '") }}')
    {%- endcall -%}
    {%- set noted = {} -%}
    {%- for row in load_result('noted')['data'] -%}
        {%- set words = row[0].split(' ') -%}
        {%- do noted.update({words[0]: (words[1], words[2])}) -%}
    {%- endfor -%}
    {{ return(noted) }}
{%- endmacro %}

{#- Note the content of a table that nothing has noted yet, and return it. -#}
{% macro content_noted_now(name) -%}
    {%- call statement('note') -%} {{ note_of(name, none, 'from ' ~ name ~ ' as rows_of') }} {%- endcall -%}
    {{ return(noted_contents([name])[name][1]) }}
{%- endmacro %}

{#- Value of an expression over all rows of a table. -#}
{% macro content_now(name, expression) -%}
    {%- call statement('content', fetch_result=True) -%} select 'as:' || {{ expression }} from {{ name }} {%- endcall -%}
    {{ return(load_result('content')['data'][0][0]) }}
{%- endmacro %}

{#- SQL that notes a name: what it was made from, and number and hash of the rows of `rows_of`. -#}
{% macro note_of(name, made_from, rows_of) -%}
    delete from models.made where name = '{{ name }}';
    insert into models.made
    select
        '{{ name }}' as name,
        {{ "'" ~ made_from ~ "'" if made_from else 'cast(null as varchar)' }} as made_from,
        count(*) || ':' || coalesce(sum(hash(rows_of)), 0) as content
    {{ rows_of }};
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
        {%- call statement('main', fetch_result=True) -%}
            {{ get_test_sql(compiled_code, config.get('fail_calc'), config.get('warn_if'), config.get('error_if'), limit=config.get('limit')) }}
        {%- endcall -%}
        {%- if made and load_result('main')['data'][0][0] == 0 -%}
            {%- call statement('note') -%} {{ note_of(made.name, made.made_from, 'from (select 1) as rows_of') }} {%- endcall -%}
        {%- endif -%}
    {%- endif -%}
    {{ adapter.commit() }}
    {{ return({'relations': []}) }}
{%- endmaterialization -%}
