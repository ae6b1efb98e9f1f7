{#- Times are stored in UTC without zone; these two move them to and from a named zone. -#}
{% macro zone_to_utc(local_time, zone) -%}
    {{ return(adapter.dispatch('zone_to_utc')(local_time, zone)) }}
{%- endmacro %}

{% macro duckdb__zone_to_utc(local_time, zone) -%}
    ({{ local_time }} at time zone {{ zone }}) at time zone 'UTC'
{%- endmacro %}

{% macro default__zone_to_utc(local_time, zone) -%}
    to_utc_timestamp({{ local_time }}, {{ zone }})
{%- endmacro %}

{#- A UTC time as the clocks of the zone show it, without zone. -#}
{% macro utc_to_zone(utc_time, zone) -%}
    {{ return(adapter.dispatch('utc_to_zone')(utc_time, zone)) }}
{%- endmacro %}

{% macro duckdb__utc_to_zone(utc_time, zone) -%}
    ({{ utc_time }} at time zone 'UTC') at time zone {{ zone }}
{%- endmacro %}

{% macro default__utc_to_zone(utc_time, zone) -%}
    from_utc_timestamp({{ utc_time }}, {{ zone }})
{%- endmacro %}

{#- A zone as it is written, null where there is none of that name: an unknown one would stop the query. -#}
{% macro known_zone(zone) -%}
    {{ return(adapter.dispatch('known_zone')(zone)) }}
{%- endmacro %}

{% macro duckdb__known_zone(zone) -%}
    (select zones.name from pg_timezone_names() as zones where zones.name = {{ zone }})
{%- endmacro %}

{% macro default__known_zone(zone) -%}
    (select max(zones.name) from lake.time_zones as zones where zones.name = {{ zone }})
{%- endmacro %}
