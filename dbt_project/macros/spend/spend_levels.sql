{#- Sums by which one level of spend is held against another; what is unknown counts as nothing. -#}
{% macro spend_sums(when='', prefix='') -%}
    {%- for measure in ['spend_source', 'impressions', 'clicks'] %}
        coalesce(sum({{ when }} {{ measure }}{{ ' end' if when }}), 0) as {{ prefix }}{{ measure }}
        {{- ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{#- Whether a breakdown explains no more than there is. -#}
{% macro spend_fits(part, whole) -%}
    {%- for measure in ['spend_source', 'impressions', 'clicks'] %}
        {{ 'and ' if not loop.first }}{{ part }}{{ measure }} <= {{ whole }}{{ measure }}
    {%- endfor %}
{%- endmacro %}
