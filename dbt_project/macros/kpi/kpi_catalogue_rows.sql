{#- The catalogue as rows of dim_kpi. -#}
{% macro kpi_catalogue_rows() -%}
    {%- for kpi in kpi_catalogue() %}
    select
        '{{ kpi.id }}' as kpi,
        {{ loop.index }} as position,
        {%- for column in ['name_en', 'name_ru', 'description_en', 'description_ru', 'formula', 'kind'] %}
        {{ _text(kpi[column]) }} as {{ column }},
        {%- endfor %}
        {{ _text(kpi.numerator if kpi.kind != 'median') }} as numerator,
        {{ _text(kpi.denominator) }} as denominator,
        {%- for column in ['unit', 'better', 'owner'] %}
        {{ _text(kpi[column]) }} as {{ column }},
        {%- endfor %}
        {{ _text(kpi.dimensions | join(', ')) }} as dimensions,
        {{ 'true' if kpi.matures else 'false' }} as matures
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
{%- endmacro %}


{#- A text as an SQL literal, null where it is empty. -#}
{% macro _text(value) -%}
    {{ "'" ~ value | replace("'", "''") ~ "'" if value else 'cast(null as varchar)' }}
{%- endmacro %}
