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

{#- What a URL says under a name, such as `utm_source`; '' where it says nothing. -#}
{% macro url_tag(column, name) -%}
    {{ unquoted("replace(regexp_extract(" ~ column ~ ", '(?i)[?&#;]" ~ name ~ "=([^&#;]*)', 1), '+', ' ')") }}
{%- endmacro %}

{#-
    One entity from all sources (leads, touches), with the tags of the landing page where the row itself says nothing: utm_*, and the id of
    the click with its kind. Each tag is read once (a `nullif` around it would read it twice), and only from a page that has it.
-#}
{% macro tagged_sources(entity) -%}
    {%- set tags, columns = {}, {} -%}
    {%- for name in ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'] -%}
        {%- do tags.update({name: name ~ ' is null'}) -%}
        {%- do columns.update({name: "coalesce(" ~ name ~ ", nullif(page_" ~ name ~ ", ''))"}) -%}
    {%- endfor -%}
    {%- set ids, kinds = [], [] -%}
    {%- for name in click_id_platforms() -%}
        {%- do tags.update({name: "click_id is null and landing_page like '%id=%'"}) -%}
        {%- do ids.append("nullif(page_" ~ name ~ ", '')") -%}
        {%- do kinds.append("when page_" ~ name ~ " <> '' then '" ~ name ~ "'") -%}
    {%- endfor -%}
    {%- do columns.update({
        'click_id': "coalesce(click_id, " ~ ids | join(', ') ~ ")",
        'click_id_type': "lower(coalesce(click_id_type, case " ~ kinds | join(' ') ~ " end))",
    }) -%}
    {%- set read, read_from = [], ['lower_page'] -%}
    {%- for name, condition in tags.items() -%}
        {%- do read.append(
            "case when " ~ condition ~ " and contains(lower_page, '" ~ name ~ "=') then " ~ url_tag('landing_page', name)
            ~ " end as page_" ~ name
        ) -%}
        {%- do read_from.append('page_' ~ name) -%}
    {%- endfor -%}
    {%- set pages -%}
        (
            select *, {{ read | join(', ') }}
            from (select *, lower(landing_page) as lower_page from ({{ union_sources(entity) }}) as united) as paged
        ) as tagged
    {%- endset -%}
    {{ with_replaced(pages, columns, without=read_from) }}
{%- endmacro %}
