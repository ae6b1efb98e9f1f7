{#- Raw times are `YYYY-MM-DD HH:MM:SS+00`, or `YYYY-MM-DD` where only a day was given: midnight of the reporting zone. -#}
{% macro read_timestamp(column) -%}
    case
        when length({{ column }}) = 10
            then {{ zone_to_utc('try_cast(' ~ column ~ ' as timestamp)', reporting_zone()) }}
        else try_cast({{ column }} as timestamp)
    end
{%- endmacro %}

{#- Whether only the day of a raw time was given. -#}
{% macro is_date_only(column) -%}
    coalesce(length({{ column }}) = 10, false)
{%- endmacro %}

{#- The day of a UTC time in the reporting zone. -#}
{% macro reporting_date(column) -%}
    cast({{ utc_to_zone(column, reporting_zone()) }} as date)
{%- endmacro %}

{#- The workspace's reporting time zone, as a scalar subquery. -#}
{% macro reporting_zone() -%}
    (select workspace.timezone from {{ source('settings', 'workspace') }} as workspace)
{%- endmacro %}
