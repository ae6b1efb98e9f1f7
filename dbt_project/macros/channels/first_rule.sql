{#-
    The first rule of a settings table (one row for each condition value) whose fields all match, for every origin that has one:
    channel_key, rule_no and the columns of `result`, which are the same on every row of a rule.
-#}
{% macro first_rule(rules, result) %}
with origins as (
    select * from {{ ref('int_channels__origins') }}
),

rules as (
    select * from {{ rules }}
),

matched_fields as (
    {%- for field in channel_fields() %}
    select
        origins.channel_key,
        rules.rule_no,
        rules.field
    from origins
    inner join rules
        on {{ 'lower(origins.channel_given)' if field == 'channel' else 'origins.' ~ field }} = rules.value_lower
    where rules.field = '{{ field }}'
    {%- if not loop.last %}
    union
    {%- endif %}
    {%- endfor %}
),

counted as (
    select
        channel_key,
        rule_no,
        count(*) as matched
    from matched_fields
    group by channel_key, rule_no
),

wanted as (
    select
        rule_no,
        min(field_count) as field_count,
        {%- for column in result %}
        min({{ column }}) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from rules
    group by rule_no
),

first_match as (
    select
        counted.channel_key,
        min(counted.rule_no) as rule_no
    from counted
    inner join wanted on counted.rule_no = wanted.rule_no and counted.matched = wanted.field_count
    group by counted.channel_key
),

named as (
    select
        first_match.channel_key,
        first_match.rule_no,
        {%- for column in result %}
        wanted.{{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from first_match
    inner join wanted on first_match.rule_no = wanted.rule_no
)

select * from named
{% endmacro %}
