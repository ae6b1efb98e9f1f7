{#- Ids that ad platforms append to the links of their ads, surest first, and whose they are: `fbclid` is on every link there. -#}
{% macro click_id_platforms() -%}
    {{- return({
        'gclid': 'google_ads', 'gbraid': 'google_ads', 'wbraid': 'google_ads', 'msclkid': 'microsoft_ads',
        'yclid': 'yandex_direct', 'ttclid': 'tiktok_ads', 'li_fat_id': 'linkedin_ads', 'fbclid': none,
    }) -}}
{%- endmacro %}

{#- The platform that a paid click's id is of; null for `fbclid`, which says only that the visitor came from there. -#}
{% macro click_platform(column) -%}
    case lower({{ column }})
    {%- for name, platform in click_id_platforms().items() if platform %}
        when '{{ name }}' then '{{ platform }}'
    {%- endfor %}
    end
{%- endmacro %}

{#- What a URL says under a name, such as `utm_source`; null where it says nothing. -#}
{% macro url_tag(column, name) -%}
    nullif({{ unquoted("replace(regexp_extract(" ~ column ~ ", '(?i)[?&#;]" ~ name ~ "=([^&#;]*)', 1), '+', ' ')") }}, '')
{%- endmacro %}

{#-
    One entity from all sources (leads, touches), with the tags of the landing page where the row itself says nothing: utm_*, and the id of
    the click with its kind.
-#}
{% macro tagged_sources(entity) -%}
    {%- set columns = {} -%}
    {%- for name in ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'] -%}
        {%- do columns.update({
            name: "coalesce(" ~ name ~ ", case when " ~ page_says(name) ~ " then " ~ url_tag('landing_page', name) ~ " end)"
        }) -%}
    {%- endfor -%}
    {%- set ids, kinds = [], [] -%}
    {%- for name in click_id_platforms() -%}
        {%- do ids.append("case when " ~ page_says(name) ~ " then " ~ url_tag('landing_page', name) ~ " end") -%}
        {%- do kinds.append("when " ~ page_says(name) ~ " and " ~ url_tag('landing_page', name) ~ " is not null then '" ~ name ~ "'") -%}
    {%- endfor -%}
    {%- set has_click = "landing_page like '%id=%'" -%}
    {%- do columns.update({
        'click_id': "coalesce(click_id, case when " ~ has_click ~ " then coalesce(" ~ ids | join(', ') ~ ") end)",
        'click_id_type': "lower(coalesce(click_id_type, case when click_id is null and " ~ has_click ~ " then case "
            ~ kinds | join(' ') ~ " end end))",
    }) -%}
    {%- set rows = '(select *, lower(landing_page) as lower_page from (' ~ union_sources(entity) ~ ') as united) as staged' -%}
    {{ with_replaced(rows, columns, without='lower_page') }}
{%- endmacro %}

{#- Condition: the page has the tag at all; few have each of them, and to look for one closely is dear. -#}
{% macro page_says(name) -%}
    contains(lower_page, '{{ name }}=')
{%- endmacro %}
