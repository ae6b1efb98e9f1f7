{#-
    Raw times are in UTC. Where only a day was given it is that day's midnight and one microsecond, which no other time
    is; here it becomes the midnight of the reporting zone.
-#}
{% macro read_timestamp(column) -%}
    case
        when {{ has_only_day(column) }}
            then {{ zone_to_utc('cast(cast(' ~ column ~ ' as date) as timestamp)', reporting_zone()) }}
        else {{ column }}
    end
{%- endmacro %}

{#- Whether only the day of a raw time was given. -#}
{% macro is_date_only(column) -%}
    coalesce({{ has_only_day(column) }}, false)
{%- endmacro %}

{#- A raw day as a raw time of which only the day was given. -#}
{% macro only_day(column) -%}
    (cast({{ column }} as timestamp) + interval '1' microsecond)
{%- endmacro %}

{#- The day of a UTC time in the reporting zone. -#}
{% macro reporting_date(column) -%}
    cast({{ utc_to_zone(column, reporting_zone()) }} as date)
{%- endmacro %}

{#- The workspace's reporting time zone, as a scalar subquery. -#}
{% macro reporting_zone() -%}
    (select workspace.timezone from {{ source('settings', 'workspace') }} as workspace)
{%- endmacro %}
