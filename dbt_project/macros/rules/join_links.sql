{#- Join what a reference means where its own source has no such record. -#}
{% macro join_links(rows, entity, id) -%}
    left join {{ ref('int_links') }} as links
        on links.entity = {{ entity }} and {{ rows }}.source = links.source and {{ rows }}.{{ id }} = links.id
{%- endmacro %}

{#- The key of the record that a reference means: that of the link, else of the row's own source and the id it names. -#}
{% macro record_key(rows, id) -%}
    coalesce(links.linked_source || ':' || links.linked_id, {{ rows }}.source || ':' || {{ rows }}.{{ id }})
{%- endmacro %}
