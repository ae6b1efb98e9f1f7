{#-
    What the folders of sources say about platforms (meta `platforms` of a source): the channel of a platform's spend,
    and the utm_sources by which its paid visits are told. One row for each name of the two kinds.
-#}
{% macro platform_channels() -%}
    {%- set rows = [] -%}
    {%- for node in (graph.sources.values() if execute else []) -%}
        {%- for platform, said in node.config.meta.get('platforms', {}).items() -%}
            {%- do rows.append(('platform', platform, said.channel)) -%}
            {%- for utm_source in said.get('utm_sources', []) -%}
                {%- do rows.append(('utm_source', utm_source, said.channel)) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for kind, name, channel in rows | unique | sort %}
    select
        '{{ kind }}' as kind,
        '{{ name | lower }}' as name,
        '{{ channel }}' as channel
    union all
    {%- endfor %}
    select
        cast(null as varchar) as kind,
        cast(null as varchar) as name,
        cast(null as varchar) as channel
    where false
{%- endmacro %}
