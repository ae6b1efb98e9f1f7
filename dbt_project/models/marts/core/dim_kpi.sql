-- The catalogue of KPIs as a table.
with catalogue as (
    {%- for kpi in kpi_catalogue() %}
    select
        '{{ kpi.id }}' as kpi,
        {{ loop.index }} as position,
        {%- for column in ['name_en', 'name_ru', 'description_en', 'description_ru', 'formula', 'kind'] %}
        '{{ kpi[column] | replace("'", "''") }}' as {{ column }},
        {%- endfor %}
        {{ "cast(null as varchar)" if kpi.kind == 'median' else "'" ~ kpi.numerator | replace("'", "''") ~ "'" }} as numerator,
        {{ "'" ~ kpi.denominator ~ "'" if kpi.denominator else "cast(null as varchar)" }} as denominator,
        '{{ kpi.unit }}' as unit,
        '{{ kpi.better }}' as better,
        '{{ kpi.owner }}' as owner,
        '{{ kpi.dimensions | join(", ") }}' as dimensions
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select * from catalogue
