{#-
    A table that is built in rounds, in place of recursion: the model is two queries, divided by a line that is `;` alone.
    The first one makes the first round; the second one makes the next round of what it calls `previous_round`, for as
    long as that has a row of which the condition in `repeat_while` holds. What the last round holds is the table. Each
    round is a table of its own, so that aggregates, windows and joins with itself are allowed, on every engine.
    A model of one query only is a table as any other: an engine that has a faster way needs no rounds.
-#}
{%- materialization fixpoint, default, supported_languages=['sql'] -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- set target = this.incorporate(type='table') -%}
    {%- set made = making((model.schema ~ '.' ~ model.alias) | lower, compiled_code) -%}
    {%- if stays(made, existing) -%}
        {%- call noop_statement('main', 'KEPT') -%} {{ compiled_code }} {%- endcall -%}
        {{ adapter.commit() }}
        {{ return({'relations': [target]}) }}
    {%- endif -%}
    {%- set queries = (compiled_code ~ '\n').split('\n;\n') -%}
    {%- set at = namespace(last=none, query=queries[0], is_open=queries | length > 1) -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- for number in range(config.get('rounds_at_most', 1000)) -%}
        {%- if at.is_open -%}
            {%- set round = this.incorporate(path={'identifier': this.identifier ~ '__round_' ~ number % 2}, type='table') -%}
            {%- call statement('round_' ~ number ~ '_away') -%} drop table if exists {{ round }} {%- endcall -%}
            {%- call statement('round_' ~ number) -%} {{ create_table_as(False, round, at.query, 'sql') }} {%- endcall -%}
            {%- call statement('open_' ~ number, fetch_result=True) -%}
                select count(*) from {{ round }} where {{ config.require('repeat_while') }}
            {%- endcall -%}
            {%- set at.last = round -%}
            {%- set at.is_open = load_result('open_' ~ number)['data'][0][0] > 0 -%}
            {%- set at.query = queries[1] | replace('previous_round', round | string) if at.is_open else 'select * from ' ~ round -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if at.is_open and queries | length > 1 -%}
        {{ exceptions.raise_compiler_error(this ~ ': the last of its rounds still had rows where ' ~ config.require('repeat_while')) }}
    {%- endif -%}
    {%- if existing is not none -%}
        {%- call statement('former_away') -%} drop {{ existing.type }} if exists {{ existing }} {%- endcall -%}
    {%- endif -%}
    {%- call statement('main') -%}
        {{ create_table_as(False, target, at.query, 'sql') }}
        {{ note_table(made, target) }}
    {%- endcall -%}
    {%- if at.last is not none -%}
        {%- for number in range(2) -%}
            {%- set round = this.incorporate(path={'identifier': this.identifier ~ '__round_' ~ number}, type='table') -%}
            {%- call statement('rounds_away_' ~ number) -%} drop table if exists {{ round }} {%- endcall -%}
        {%- endfor -%}
    {%- endif -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- do persist_docs(target, model) -%}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target]}) }}
{%- endmaterialization -%}
