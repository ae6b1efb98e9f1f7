{#-
    What becomes of one of several versions of a key: superseded where a newer version could be read, else refused or
    kept. So a broken newest version is in quarantine and the good one before it still counts; a broken one that has been
    corrected since is history. Needs `is_refused` and `newer_versions`: of the versions that could be read, those that
    are newer (rows without a key are all refused, so they supersede nothing).
-#}
{% macro newer_versions(key, newest_first=['_load_id desc', '_row desc']) -%}
    count(case when not is_refused then 1 end) over (
        partition by {{ key | join(', ') }}
        order by {{ newest_first | join(', ') }}
        rows between unbounded preceding and 1 preceding
    )
{%- endmacro %}

{#-
    The order of the versions of a key, newest first: by the time of the last change, then the newer extract, then by the
    other `times` of a row (what is only expected is none), then the later line.
-#}
{% macro newest_first(rows, times, updated_at=none) -%}
    {%- set moments = [] -%}
    {%- for time in times %}{% do moments.append(rows ~ '.' ~ time) %}{% endfor -%}
    {%- set latest = 'greatest(' ~ moments | join(', ') ~ ')' if moments | length > 1 else moments[0] -%}
    {%- set order = [
        rows ~ '._load_id desc', latest ~ ' desc nulls last', rows ~ '._row desc',
    ] -%}
    {{- return([rows ~ '.' ~ updated_at ~ ' desc nulls last'] + order if updated_at else order) -}}
{%- endmacro %}

{#- The fate of a version: superseded, refused or kept; `newer` says whether a newer one could be read. -#}
{% macro version_fate(newer='newer_versions > 0') -%}
    case when {{ newer }} then 'superseded' when is_refused then 'refused' else 'kept' end
{%- endmacro %}
