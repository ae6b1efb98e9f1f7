{#- Order of the meanings of stages; `lost` is an outcome and has no place in it. -#}
{% macro stage_rank(meaning) -%}
    case {{ meaning }}
        when 'new' then 1
        when 'contacted' then 2
        when 'qualified' then 3
        when 'opportunity' then 4
        when 'won' then 5
    end
{%- endmacro %}
