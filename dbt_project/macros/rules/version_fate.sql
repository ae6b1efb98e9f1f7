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

{#- The fate of a version: superseded, refused or kept; `newer` says whether a newer one could be read. -#}
{% macro version_fate(newer='newer_versions > 0') -%}
    case when {{ newer }} then 'superseded' when is_refused then 'refused' else 'kept' end
{%- endmacro %}
