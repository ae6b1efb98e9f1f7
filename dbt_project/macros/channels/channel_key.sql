{#-
    The origin fields that channel rules may look at, and which of them each entity has.
    One list for the models that make int_channels and for those that join it. Of a cost only the channel that it names
    counts: what names none is general, whatever its source.
-#}
{% macro channel_fields(entity=none) %}
    {%- set utm = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'] -%}
    {%- set fields = {
        'all': ['source', 'platform'] + utm + ['channel', 'campaign_id', 'campaign_name', 'landing_page'],
        'leads': ['source'] + utm + ['channel', 'campaign_id', 'campaign_name', 'landing_page'],
        'deals': ['source'] + utm + ['channel', 'campaign_id', 'campaign_name'],
        'ad_spend': [
            'source', 'platform', 'utm_source', 'utm_medium', 'utm_campaign', 'channel', 'campaign_id', 'campaign_name'
        ],
        'marketing_costs': ['channel'],
        'touches': ['source'] + utm + ['channel', 'campaign_id', 'landing_page'],
    } -%}
    {{- return(fields[entity or 'all']) -}}
{% endmacro %}


{#- Hash of a row's origin fields: the key of int_channels. `entity` says which of the fields the row has. -#}
{% macro channel_key(entity, alias=none) %}
    {%- set own = channel_fields(entity) -%}
    {%- set parts = [] -%}
    {%- for field in channel_fields() -%}
        {%- if field in own -%}
            {%- do parts.append("coalesce(lower(" ~ (alias ~ '.' if alias else '') ~ field ~ "), '')") -%}
        {%- else -%}
            {%- do parts.append("''") -%}
        {%- endif -%}
    {%- endfor -%}
    md5({{ parts | join(" || '|' || ") }})
{%- endmacro %}


{#- Name of a site or platform as the seed writes it: lower case, underscores, without a trailing `_ads`. -#}
{% macro origin_name(column) -%}
    {%- set name = "replace(replace(lower(" ~ column ~ "), ' ', '_'), '-', '_')" -%}
    case when {{ name }} like '%!_ads' escape '!' then substring({{ name }}, 1, length({{ name }}) - 4) else {{ name }} end
{%- endmacro %}
