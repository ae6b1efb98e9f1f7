{#- Why a target or a measurement is refused: without these nobody can say what it is about. -#}
{% macro target_rules() %}
    {{- return([
        {'column': 'target_id', 'reason': 'no target_id', 'condition': missing('target_id')},
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
