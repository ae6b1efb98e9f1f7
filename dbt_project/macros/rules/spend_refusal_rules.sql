{#- Contract, section 3: what is refused of rates, ad spend and costs (see is_refused and refusals). -#}
{% macro fx_rates_refusal_rules() -%}
    {{- return([
        {'column': 'date', 'reason': 'no key', 'condition': missing('date')},
        {'column': 'currency', 'reason': 'no key', 'condition': missing('currency')},
        {'column': 'rate', 'reason': 'required value is missing', 'condition': missing('rate')},
        {'column': 'rate', 'value': 'rate', 'reason': 'a rate must be greater than 0', 'condition': 'rate <= 0'},
    ]) -}}
{%- endmacro %}

{#- The money column has another name in every source, and a row that landing could not read has its reason already. -#}
{% macro ad_spend_refusal_rules() -%}
    {{- return([
        {
            'column': 'date',
            'reason': 'required date is missing (date, or start_date and end_date)',
            'condition': '_unreadable is null and (first_day is null or last_day is null)',
        },
        {
            'column': 'end_date',
            'value': 'last_day',
            'reason': 'earlier than start_date',
            'condition': 'last_day < first_day',
        },
        {
            'column': 'date',
            'value': 'last_day',
            'reason': 'later than tomorrow',
            'condition': "last_day > today + interval '1' day",
        },
        {
            'column': 'spend',
            'reason': 'required value is missing',
            'condition': '_unreadable is null and spend is null',
        },
        {'column': 'spend', 'value': 'spend', 'reason': 'negative', 'condition': 'spend < 0'},
        {'column': 'impressions', 'value': 'impressions', 'reason': 'negative', 'condition': 'impressions < 0'},
        {'column': 'clicks', 'value': 'clicks', 'reason': 'negative', 'condition': 'clicks < 0'},
        too_large('impressions', '1'),
        too_large('clicks', '1'),
        too_large('spend', 'rate'),
        no_code('currency', 'rate is null and first_day is not null'),
        no_rate('first_day'),
    ]) -}}
{%- endmacro %}

{#- What is refused of marketing costs. -#}
{% macro marketing_costs_refusal_rules() -%}
    {{- return([
        {'column': 'cost_type', 'reason': 'required value is missing', 'condition': missing('cost_type')},
        {'column': 'amount', 'reason': 'required value is missing', 'condition': missing('amount')},
        {
            'column': 'month',
            'reason': 'required date is missing (month, or start_date and end_date)',
            'condition': '_unreadable is null and (first_day is null or last_day is null)',
        },
        {
            'column': 'end_date',
            'value': 'last_day',
            'reason': 'earlier than start_date',
            'condition': 'last_day < first_day',
        },
        {
            'column': 'department',
            'value': 'department_given',
            'reason': 'expected marketing or sales',
            'condition': "department not in ('marketing', 'sales')",
        },
        too_large('amount', 'rate'),
        no_code('currency', 'rate is null and first_day is not null'),
        no_rate('first_day'),
    ]) -}}
{%- endmacro %}

{#- The rule that refuses what is too large: money by its worth in the reporting currency. -#}
{% macro too_large(column, factor) -%}
    {{- return({
        'column': column,
        'value': column,
        'reason': 'too large a number',
        'condition': is_too_large(column, factor),
    }) -}}
{%- endmacro %}

{#- The rule that refuses money without a rate for its day. -#}
{% macro no_rate(day) -%}
    {{- return({
        'column': 'currency',
        'value': 'currency',
        'reason': 'no rate for the currency in the 7 days up to the date',
        'condition': 'rate is null and ' ~ day ~ ' is not null and length(currency) = 3',
    }) -}}
{%- endmacro %}

{#- What is refused of sums by day: without a day, with less than nothing, or saying nothing at all. -#}
{% macro daily_results_refusal_rules() -%}
    {%- set rules = ad_spend_refusal_rules()[:3] -%}
    {%- for count in result_counts() -%}
        {%- do rules.append({'column': count, 'value': count, 'reason': 'negative', 'condition': count ~ ' < 0'}) -%}
        {%- do rules.append(too_large(count, '1')) -%}
    {%- endfor -%}
    {%- do rules.append({
        'column': 'leads',
        'reason': 'no count and no revenue is given',
        'condition': '_unreadable is null and coalesce(' ~ result_counts() | join(', ') ~ ', revenue) is null',
    }) -%}
    {{- return(rules + [too_large('revenue', 'rate'), no_rate('first_day')]) -}}
{%- endmacro %}
