{#- Join what a reference means where its own source has no such record. -#}
{% macro join_links(rows, entity, id) -%}
    left join {{ ref('int_links') }} as links
        on links.entity = {{ entity }} and {{ rows }}.source = links.source and {{ rows }}.{{ id }} = links.id
{%- endmacro %}

{#- The source of the record that a reference means: that of the link, else the row's own. -#}
{% macro record_source(rows) -%}
    coalesce(links.linked_source, {{ rows }}.source)
{%- endmacro %}
