{#- Join what a reference means where its own source has no such record; `record_source` is then the record's source. -#}
{% macro join_links(rows, entity, id) -%}
    left join {{ ref('int_links') }} as links
        on links.entity = {{ entity }} and {{ rows }}.source = links.source and {{ rows }}.{{ id }} = links.id
{%- endmacro %}

{% macro record_source(rows) -%}
    coalesce(links.linked_source, {{ rows }}.source)
{%- endmacro %}
