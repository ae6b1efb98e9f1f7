{#-
    Tables that DuckDB builds in parts: only the rows of which the inputs have changed are made again.

    A model says under `meta: {parts: …}` which of its rows depend on which rows of its inputs:
      by        columns of the table; rows that agree in them are a part
      of        input -> its columns or expressions in the order of `by`: of these inputs a part reads its own rows alone,
                and without them has none
      watched   the same of inputs that the query joins to those, of which a part too reads its own rows alone
      read_as   input -> what the query reads of it as a whole, as expressions that sum up its rows
      accounted inputs (`settings.workspace.today` for a column of one row) of which `more` says what they are to a part
      more      queries for part and content, tables as `{name}`
    Any other input that changes, and other SQL, build the table as a whole. `models.<schema>__<table>` has the hash of
    what each part was made from. That the parts are what the whole would be is tested: tests/end_to_end/test_parts.py.
-#}
{% macro parts_of_model() -%}
    {{ return(model.config.get('meta', {}).get('parts')) }}
{%- endmacro %}

{#- One text for the part that a row belongs to. -#}
{% macro part_key(expressions) -%}
    concat_ws(chr(31)
    {%- for expression in expressions %}, coalesce(cast({{ expression }} as varchar), chr(30)){% endfor -%}
    )
{%- endmacro %}

{#- Query for the parts and the hash of what each is made from. -#}
{% macro part_contents(parts) -%}
    select part, sum(content) as content
    from (
        {%- for input, expressions in dict(parts.of, **parts.get('watched', {})).items() %}
        select {{ part_key(expressions) }} as part, hash(rows_of, '{{ input }}') as content
        from {{ relation_of_input(input) }} as rows_of
        {{ 'union all' if not loop.last }}
        {%- endfor %}
        {%- for query in parts.get('more', []) %}
        union all
        select part, content from ({{ with_inputs(query) }}) as more
        {%- endfor %}
    ) as contents
    group by part
{%- endmacro %}

{#- The relation of an input of the model, by its name. -#}
{% macro relation_of_input(name) -%}
    {%- for id in model.depends_on.nodes if id.split('.')[-1] == name -%}
        {{ return(graph.nodes[id].relation_name if id in graph.nodes else graph.sources[id].relation_name) }}
    {%- endfor -%}
    {{ exceptions.raise_compiler_error(model.name ~ ': its parts name ' ~ name ~ ', which it does not read') }}
{%- endmacro %}

{#- A query of `more` with the relations of its tables. -#}
{% macro with_inputs(query) -%}
    {%- set filled = namespace(query=query) -%}
    {%- for name in modules.re.findall('\\{(\\w+)\\}', query) -%}
        {%- set filled.query = filled.query | replace('{' ~ name ~ '}', relation_of_input(name) | string) -%}
    {%- endfor -%}
    {{ return(filled.query) }}
{%- endmacro %}

{#- The one column of a part that holds the rows of many keys: 65,536 such parts in all. -#}
{% macro bucket_of(key) -%}
    {%- set said = [] -%}
    {%- for column in key %}{% do said.append('cast(' ~ column ~ ' as varchar)') %}{% endfor -%}
    {{ return(['hash(' ~ said | join(', ') ~ ') % 65536']) }}
{%- endmacro %}

{#- Parts of a model whose every row follows from one row of `input` with the same key. -#}
{% macro parts_row_by_row(input, key) -%}
    {{ return({'by': bucket_of(key), 'of': {input: bucket_of(key)}}) }}
{%- endmacro %}

{#-
    Parts of an entity's rows: those of one key are in one part, which fixes the fate of each. What is later
    than tomorrow is refused: only rows whose time `at` is near or after today depend on it.
-#}
{% macro parts_of_rows(entity, key, at=none) -%}
    {%- set bucket = bucket_of(key) -%}
    {%- set of, more = {}, [] -%}
    {%- for name in staged_models(entity) -%}
        {%- do of.update({name: bucket}) -%}
        {%- do more.append(
            'select ' ~ part_key(bucket) ~ ' as part, hash(run.today) as content from {' ~ name ~ '}'
            ~ ' cross join {workspace} as run where ' ~ at ~ " >= run.today - interval '3' day"
        ) if at -%}
    {%- endfor -%}
    {%- set accounted = ['settings.workspace.today'] if at else [] -%}
    {{- return({'by': bucket, 'of': of, 'accounted': accounted, 'more': more}) -}}
{%- endmacro %}

{#- Where the hashes of the model's parts are kept. -#}
{% macro parts_relation() -%}
    {{ return('models.' ~ model.schema ~ '__' ~ model.alias) }}
{%- endmacro %}

{#- After the SQL that builds a table as a whole: SQL that notes what its parts and the rest were made from. -#}
{% macro note_parts(made, parts) -%}
    {%- if made and parts -%}
    create or replace table {{ parts_relation() }} as {{ part_contents(parts) }};
    {{ note_of(made.name ~ '#rest', made.rest, 'from (select 1) as rows_of') }}
    {%- endif -%}
{%- endmacro %}

{#- SQL that makes the changed parts of a table again, and notes it. -#}
{% macro build_parts(made, parts, target, code) -%}
    {%- set restricted = namespace(code=code) -%}
    {%- for input, expressions in parts.of.items() -%}
        {%- set rows = '(select * from ' ~ relation_of_input(input) ~ ' where ' ~ part_key(expressions)
            ~ ' in (select part from changed_parts))' -%}
        {%- set restricted.code = restricted.code | replace(relation_of_input(input), rows) -%}
    {%- endfor -%}
    create or replace temp table parts_now as {{ part_contents(parts) }};
    create or replace temp table changed_parts as
    select coalesce(parts_now.part, before.part) as part
    from parts_now
    full join {{ parts_relation() }} as before on parts_now.part = before.part
    where parts_now.content is distinct from before.content;
    delete from {{ target }} where {{ part_key(parts.by) }} in (select part from changed_parts);
    insert into {{ target }} by name
    select * from (
        {{ restricted.code }}
    ) as made_again;
    create or replace table {{ parts_relation() }} as select * from parts_now;
    drop table changed_parts;
    drop table parts_now
    {{ note_table(made, target) }}
{%- endmacro %}
