{#- The four figures of a finding as a JSON object, by their names. -#}
{% macro evidence_json() -%}
    {%- set figures = [] -%}
    {%- for figure in ['a', 'b', 'c', 'd'] -%}
        {%- do figures.append("'\"' || evidence_" ~ figure ~ " || '\": ' || evidence_text_" ~ figure) -%}
    {%- endfor -%}
    {{ as_json("'{' || " ~ figures | join(" || ', ' || ") ~ " || '}'") }}
{%- endmacro %}


{#- A finding's message in a language, with its member and its four figures in place of the braces. -#}
{% macro fill_message(language) -%}
    replace(replace(replace(replace(replace(
        message_{{ language }}, '{member}', member_{{ language }}), '{a}', text_a_{{ language }}),
        '{b}', text_b_{{ language }}), '{c}', text_c_{{ language }}), '{d}', text_d_{{ language }}
    )
{%- endmacro %}


{#- Whom a finding is about, as the report names what stands for members without a name. -#}
{% macro member_text(finding, language) -%}
    {%- set names = {
        'en': {
            'total': 'Company', 'unattributed': 'Unattributed', 'unmapped': 'Unmapped', 'unassigned': 'Unassigned',
            '(none)': 'No name',
        },
        'ru': {
            'total': 'Компания', 'unattributed': 'Не отнесено', 'unmapped': 'Не сопоставлено',
            'unassigned': 'Не назначено', '(none)': 'Без названия',
        },
    }[language] -%}
    case
        when {{ finding }}.dimension = 'total' then '{{ names.pop('total') }}'
        {%- for member, name in names.items() %}
        when {{ finding }}.member = '{{ member }}' then '{{ name }}'
        {%- endfor %}
        else {{ finding }}.member
    end
{%- endmacro %}


{#- A figure as people write its unit: 12, 12.5%, 1,250 EUR, 45 min, 3 days; needs the column `reporting_currency`. -#}
{% macro figure_text(figure, unit, language) -%}
    {%- set words = {
        'en': {'minutes': ' min', 'days': ' days', 'unknown': 'not known'},
        'ru': {'minutes': ' мин', 'days': ' дн.', 'unknown': 'неизвестно'},
    }[language] -%}
    case
        when {{ figure }} is null then '{{ words['unknown'] }}'
        when {{ unit }} = 'share' then {{ decimals(figure ~ ' * 100', 1, language) }} || '{{ '%' if language == 'en' else ' %' }}'
        when {{ unit }} = 'currency' then {{ short_number(figure, language, 2) }} || ' ' || reporting_currency
        when {{ unit }} = 'minutes' then {{ short_number(figure, language) }} || '{{ words['minutes'] }}'
        when {{ unit }} = 'days' then {{ short_number(figure, language) }} || '{{ words['days'] }}'
        else {{ short_number(figure, language) }}
    end
{%- endmacro %}


{#- Whole from 100 on and where it is whole, with thousands marked; else with a few decimals. -#}
{% macro short_number(figure, language, digits=1) -%}
    case
        when abs({{ figure }}) >= 100 or {{ figure }} = round({{ figure }}) then {{ grouped_digits(figure, language) }}
        else {{ decimals(figure, digits, language) }}
    end
{%- endmacro %}


{#- So many decimals, after a comma in Russian. -#}
{% macro decimals(figure, digits, language) -%}
    replace(cast(cast({{ figure }} as decimal(18, {{ digits }})) as varchar), '.', '{{ ',' if language == 'ru' else '.' }}')
{%- endmacro %}
