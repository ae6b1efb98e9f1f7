{#-
    The day of an hour (or of the time at which a day begins) in the account's own time zone, which is how its platform
    counts days; where the zone is none that is known, in that of the source, so that hours that a workspace calls
    local come out on the day that they were written with. Where only a day is given, it is that day.
-#}
{% macro account_day(column, zone, source_name) -%}
    case
        when {{ has_only_day(column) }} then cast({{ column }} as date)
        else cast({{ utc_to_zone(
            column, 'coalesce(' ~ known_zone(zone) ~ ', ' ~ source_zone(source_name) ~ ')'
        ) }} as date)
    end
{%- endmacro %}

{#- Time zone that the workspace, else the folder of the source, gives for times without one. -#}
{% macro source_zone(source_name) -%}
    (select sources.timezone from {{ source('settings', 'sources') }} as sources where sources.source = '{{ source_name }}')
{%- endmacro %}
