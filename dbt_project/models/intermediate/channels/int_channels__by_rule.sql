-- The first rule of the workspace whose fields all match, for every combination that has one.
with origins as (
    select * from {{ ref('int_channels__origins') }}
),

rules as (
    select * from {{ source('settings', 'channel_rules') }}
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
        min(channel) as channel
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
        wanted.channel
    from first_match
    inner join wanted on first_match.rule_no = wanted.rule_no
)

select * from named
