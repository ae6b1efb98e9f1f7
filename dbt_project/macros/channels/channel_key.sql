{#-
    The origin fields that channel rules may look at, and which of them each entity has.
    One list for the models that make int_channels and for those that join it. Of a cost only the channel that it names
    counts: what names none is general, whatever its source.
-#}
{% macro channel_fields(entity=none) %}
    {%- set utm = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'] -%}
    {%- set fields = {
        'all': ['source', 'platform'] + utm + ['channel', 'campaign_id', 'campaign_name', 'landing_page', 'click_id_type'],
        'leads': ['source'] + utm + ['channel', 'campaign_id', 'campaign_name', 'landing_page', 'click_id_type'],
        'deals': ['source'] + utm + ['channel', 'campaign_id', 'campaign_name'],
        'ad_spend': [
            'source', 'platform', 'utm_source', 'utm_medium', 'utm_campaign', 'channel', 'campaign_id', 'campaign_name'
        ],
        'daily_results': ['source', 'platform'] + utm + ['channel', 'campaign_id', 'campaign_name'],
        'marketing_costs': ['channel'],
        'touches': ['source'] + utm + ['channel', 'campaign_id', 'landing_page', 'click_id_type'],
    } -%}
    {{- return(fields[entity or 'all']) -}}
{% endmacro %}


{#-
    Hash of a row's origin fields: the key of int_channels. `entity` says which of the fields the row has. Fields that
    are nearly as many as rows count only where a rule looks at them, else the touches of a company would be as many
    origins: of utm_content and utm_term then whether they are given, of landing_page nothing.
-#}
{% macro channel_key(entity, alias=none) %}
    {%- set own = channel_fields(entity) -%}
    {%- set parts = [] -%}
    {%- for field in channel_fields() -%}
        {%- set column = (alias ~ '.' if alias else '') ~ field -%}
        {%- if field not in own -%}
            {%- do parts.append("''") -%}
        {%- elif field in ['utm_content', 'utm_term', 'landing_page'] -%}
            {%- set otherwise = "''" if field == 'landing_page' else "case when " ~ column ~ " is not null then '+' else '' end" -%}
            {%- do parts.append(
                "case when " ~ a_rule_looks_at(field) ~ " then coalesce(lower(" ~ column ~ "), '') else " ~ otherwise ~ " end"
            ) -%}
        {%- else -%}
            {%- do parts.append("coalesce(lower(" ~ column ~ "), '')") -%}
        {%- endif -%}
    {%- endfor -%}
    md5(concat({{ parts | join(", '|', ") }}))
{%- endmacro %}


{#- Condition: a channel or campaign rule of the workspace has a condition on the field. -#}
{% macro a_rule_looks_at(field) -%}
    (
        select count(*) > 0 from (
            select channel_rules.field from {{ source('settings', 'channel_rules') }} as channel_rules
            union all
            select campaign_rules.field from {{ source('settings', 'campaign_rules') }} as campaign_rules
        ) as rules
        where rules.field = '{{ field }}'
    )
{%- endmacro %}


{#- Name of a site or platform as the seed writes it: lower case, underscores, without a trailing `_ads`. -#}
{% macro origin_name(column) -%}
    {%- set name = "replace(replace(lower(" ~ column ~ "), ' ', '_'), '-', '_')" -%}
    case when {{ name }} like '%!_ads' escape '!' then substring({{ name }}, 1, length({{ name }}) - 4) else {{ name }} end
{%- endmacro %}
