{#- Contract, section 3, left column of the table: what is refused, entity by entity (see is_refused and refusals). -#}
{% macro refusal_rules(entity) -%}
    {%- set rules = {
        'leads': [
            {'column': 'lead_id', 'reason': 'no key', 'condition': missing('lead_id')},
            {'column': 'created_at', 'reason': 'required time is missing', 'condition': missing('created_at')},
            after_tomorrow('created_at', 'created_date'),
        ],
        'deals': [
            {'column': 'deal_id', 'reason': 'no key', 'condition': missing('deal_id')},
            after_tomorrow('created_at', 'created_date_given'),
            {
                'column': 'closed_at',
                'reason': 'won or lost without any time it could be counted by',
                'condition': "deal_status <> 'open' and closed_at_used is null",
            },
            no_code('currency_used', '(amount is not null or cost_of_goods is not null) and rate is null'),
            {
                'column': 'currency',
                'value': 'currency_used',
                'reason': 'no rate for the currency in the 7 days up to ',
                'detail': 'fx_date',
                'condition': '(amount is not null or cost_of_goods is not null) and rate is null'
                    ~ ' and length(currency_used) = 3',
            },
            too_large('amount', 'rate'),
            too_large('cost_of_goods', 'rate'),
        ],
        'deal_lines': [
            {'column': 'deal_id', 'reason': 'no key', 'condition': missing('deal_id')},
            {'column': 'line_id', 'reason': 'no key', 'condition': missing('line_id')},
            too_large('unit_price', 'units'),
        ],
        'refunds': [
            {'column': 'refund_id', 'reason': 'no key', 'condition': missing('refund_id')},
            {'column': 'deal_id', 'reason': 'required value is missing', 'condition': missing('deal_id')},
            {'column': 'refunded_at', 'reason': 'required time is missing', 'condition': missing('refunded_at')},
            after_tomorrow('refunded_at', 'refunded_date'),
            no_code('currency_used', 'amount is not null and rate is null and refunded_date is not null'),
            {
                'column': 'currency',
                'value': 'currency_used',
                'reason': 'no rate for the currency in the 7 days up to ',
                'detail': 'refunded_date',
                'condition': 'amount is not null and rate is null and refunded_date is not null'
                    ~ ' and length(currency_used) = 3',
            },
            too_large('amount', 'rate'),
        ],
        'stage_history': [
            {
                'column': 'entity',
                'value': 'entity_given',
                'reason': 'no key: expected leads or deals',
                'condition': "coalesce(_unreadable, '') not like '%\"entity\"%' and entity is null",
            },
            {'column': 'entity_id', 'reason': 'no key', 'condition': missing('entity_id')},
            {'column': 'entered_at', 'reason': 'required time is missing', 'condition': missing('entered_at')},
            {'column': 'stage', 'reason': 'required value is missing', 'condition': missing('stage')},
        ],
    } -%}
    {{- return(rules[entity]) -}}
{%- endmacro %}

{#- The rule that refuses what is dated later than tomorrow. -#}
{% macro after_tomorrow(column, day) -%}
    {{- return({
        'column': column,
        'value': day,
        'reason': 'later than tomorrow',
        'condition': day ~ " > today + interval '1' day",
    }) -}}
{%- endmacro %}

{#- The rule that refuses money whose currency is no code, and says what to write; `condition` tells money without a rate. -#}
{% macro no_code(value, condition) -%}
    {{- return({
        'column': 'currency',
        'value': value,
        'reason': 'no currency code; write one such as EUR, or say under values which is meant',
        'condition': condition ~ ' and length(' ~ value ~ ') <> 3',
    }) -}}
{%- endmacro %}
