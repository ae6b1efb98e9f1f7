{%- set columns = [
    'source', 'lead_id', 'person_id', 'company', 'country', 'owner', 'stage', 'lead_quality', 'disqualified_reason',
    'utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term', 'campaign_id', 'campaign_name',
    'landing_page', 'product',
] -%}
{%- set fields = {'channel': ['own_channel', 'resolved_channel']} -%}
{%- for column in columns %}{% do fields.update({column: column}) %}{% endfor -%}
-- Leads that meet qualified_when, duplicate_when or test_when on any column that carries text; a form's own tests, too.
with leads as (
    select
        {%- for column in columns %}
        int_leads__rows.{{ column }},
        {%- endfor %}
        int_leads__rows.lead_key,
        int_leads__rows.email_hash,
        int_leads__rows.full_name_hash,
        int_leads__rows.channel as own_channel,
        channels.channel as resolved_channel
    from {{ ref('int_leads__rows') }} as int_leads__rows
    left join {{ ref('int_channels__resolved') }} as channels on int_leads__rows.channel_key = channels.channel_key
    where int_leads__rows.fate = 'kept'
),

matches as (
    {%- for rule in ['qualified', 'duplicate', 'test'] %}
    select
        lead_key,
        '{{ rule }}' as rule
    from leads
    where {{ matches_record_rule(rule, fields) }}
    union all
    {%- endfor %}
    select
        lead_key,
        'test' as rule
    from leads
    where {{ is_forms_test(['email_hash', 'full_name_hash'], columns) }}
),

one_each as (
    select
        lead_key,
        max(case when rule = 'qualified' then 1 else 0 end) = 1 as matches_qualified,
        max(case when rule = 'duplicate' then 1 else 0 end) = 1 as matches_duplicate,
        max(case when rule = 'test' then 1 else 0 end) = 1 as matches_test
    from matches
    group by lead_key
)

select * from one_each
