{%- set columns = [
    'source', 'deal_id', 'lead_id', 'customer_id', 'person_id', 'owner', 'stage', 'status', 'currency', 'product',
    'lost_reason', 'utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term', 'campaign_id',
    'campaign_name',
] -%}
{%- set fields = {'channel': ['own_channel', 'resolved_channel']} -%}
{%- for column in columns %}{% do fields.update({column: column}) %}{% endfor -%}
-- Deals that meet duplicate_when or test_when on any column that carries text; those of a form's own tests, too.
with deals as (
    select
        {%- for column in columns %}
        deals.{{ column }},
        {%- endfor %}
        deals.deal_key,
        deals.email_hash,
        deals.channel as own_channel,
        channels.channel as resolved_channel
    from {{ ref('int_deals__dated') }} as deals
    left join {{ ref('int_channels__resolved') }} as channels on deals.channel_key = channels.channel_key
    where deals.fate = 'kept'
),

matches as (
    {%- for rule in ['duplicate', 'test'] %}
    select
        deal_key,
        '{{ rule }}' as rule
    from deals
    where {{ matches_record_rule(rule, fields) }}
    union all
    {%- endfor %}
    select
        deal_key,
        'test' as rule
    from deals
    where {{ is_forms_test(['email_hash'], columns) }}
),

one_each as (
    select
        deal_key,
        max(case when rule = 'duplicate' then 1 else 0 end) = 1 as matches_duplicate,
        max(case when rule = 'test' then 1 else 0 end) = 1 as matches_test
    from matches
    group by deal_key
)

select * from one_each
