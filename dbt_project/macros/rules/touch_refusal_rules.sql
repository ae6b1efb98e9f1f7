{#-
    Why a touch is refused (see is_refused and refusals). Connectors name their time column otherwise, so a time that
    landing could not read is not called missing as well.
-#}
{% macro touch_refusal_rules() -%}
    {{- return([
        {'column': 'touch_id', 'reason': 'no key', 'condition': missing('touch_id')},
        {
            'column': 'touched_at',
            'reason': 'required time is missing',
            'condition': 'touched_at is null and _unreadable is null',
        },
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
