{#- Why a touch is refused (see is_refused and refusals). -#}
{% macro touch_refusal_rules() -%}
    {{- return([
        {'column': 'touch_id', 'reason': 'no key', 'condition': missing('touch_id')},
        {'column': 'touched_at', 'reason': 'required time is missing', 'condition': missing('touched_at')},
        {
            'column': 'touched_at',
            'value': 'touched_date',
            'reason': 'later than tomorrow',
            'condition': "touched_date > today + interval '1' day",
        },
        {
            'column': 'person_id',
            'reason': 'no person: neither person_id nor email',
            'condition': missing('person_id') ~ ' and email_hash is null',
        },
    ]) -}}
{%- endmacro %}
