{#- Differences of times and days, which every engine spells its own way. -#}
{% macro seconds_between(earlier, later) -%}
    {{ return(adapter.dispatch('seconds_between')(earlier, later)) }}
{%- endmacro %}

{% macro duckdb__seconds_between(earlier, later) -%}
    date_diff('second', {{ earlier }}, {{ later }})
{%- endmacro %}

{% macro default__seconds_between(earlier, later) -%}
    (unix_timestamp({{ later }}) - unix_timestamp({{ earlier }}))
{%- endmacro %}

{#- Whole days from the earlier to the later day. -#}
{% macro days_between(earlier, later) -%}
    {{ return(adapter.dispatch('days_between')(earlier, later)) }}
{%- endmacro %}

{% macro duckdb__days_between(earlier, later) -%}
    date_diff('day', {{ earlier }}, {{ later }})
{%- endmacro %}

{% macro default__days_between(earlier, later) -%}
    datediff({{ later }}, {{ earlier }})
{%- endmacro %}

{#- A time some seconds later. -#}
{% macro add_seconds(moment, seconds) -%}
    {{ return(adapter.dispatch('add_seconds')(moment, seconds)) }}
{%- endmacro %}

{% macro duckdb__add_seconds(moment, seconds) -%}
    ({{ moment }} + to_seconds({{ seconds }}))
{%- endmacro %}

{% macro default__add_seconds(moment, seconds) -%}
    timestampadd(second, {{ seconds }}, {{ moment }})
{%- endmacro %}

{#- Seconds since the midnight of a time without zone. -#}
{% macro second_of_day(local_time) -%}
    (extract(hour from {{ local_time }}) * 3600 + extract(minute from {{ local_time }}) * 60 + cast(floor(extract(second from {{ local_time }})) as bigint))
{%- endmacro %}

{#- Whether a raw time is the first microsecond of its day, by which landing marks a time that is only a day (before 1970 the remainder is negative). -#}
{% macro has_only_day(column) -%}
    {{ return(adapter.dispatch('has_only_day')(column)) }}
{%- endmacro %}

{% macro duckdb__has_only_day(column) -%}
    epoch_us({{ column }}) % 86400000000 in (1, -86399999999)
{%- endmacro %}

{% macro default__has_only_day(column) -%}
    unix_micros({{ column }}) % 86400000000 in (1, -86399999999)
{%- endmacro %}

{#- A day some days later. -#}
{% macro add_days(day, days) -%}
    {{ return(adapter.dispatch('add_days')(day, days)) }}
{%- endmacro %}

{% macro duckdb__add_days(day, days) -%}
    cast({{ day }} + to_days(cast({{ days }} as integer)) as date)
{%- endmacro %}

{% macro default__add_days(day, days) -%}
    date_add({{ day }}, cast({{ days }} as int))
{%- endmacro %}
