{#- Why a target is refused: nobody could say which one it is, or which way and by how much it means to go. -#}
{% macro target_rules() %}
    {{- return([
        {'column': 'target_id', 'reason': 'no target_id', 'condition': missing('target_id')},
        {
            'column': 'direction',
            'value': 'direction',
            'reason': 'unknown direction, expected increase or decrease',
            'condition': "lower(direction) not in ('increase', 'decrease')",
        },
        {
            'column': 'unit',
            'value': 'unit',
            'reason': 'unknown unit, expected absolute or percent_change',
            'condition': "lower(unit) not in ('absolute', 'percent_change')",
        },
    ]) -}}
{% endmacro %}

{#- Why a measurement is refused: without these it belongs to no KPI or day. -#}
{% macro measurement_rules() %}
    {{- return([
        {'column': 'kpi', 'reason': 'no kpi', 'condition': missing('kpi')},
        {'column': 'date', 'reason': 'no date', 'condition': missing('date')},
        {'column': 'value', 'reason': 'no value', 'condition': missing('value')},
    ]) -}}
{% endmacro %}
