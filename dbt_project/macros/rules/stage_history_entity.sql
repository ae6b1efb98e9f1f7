{#- What a row of stage history speaks of: `lead` and `Leads` are leads. Null where it is neither leads nor deals. -#}
{% macro stage_history_entity() -%}
    case
        when lower(entity) in ('leads', 'lead') then 'leads'
        when lower(entity) in ('deals', 'deal') then 'deals'
    end
{%- endmacro %}
