-- Every combination of origin fields that any record carries, once.
with origins as (
    {%- for entity in ['leads', 'deals', 'ad_spend', 'touches', 'marketing_costs', 'daily_results'] %}
    {%- set own = channel_fields(entity) %}
    select
        channel_key,
        {%- for field in channel_fields() %}
        {{ 'min(lower(' ~ field ~ '))' if field in own else 'cast(null as varchar)' }} as {{ field }},
        {%- endfor %}
        {{ 'min(channel)' if 'channel' in own }} as channel_spelling,
        {{ 'max(case when spend > 0 then 1 else 0 end)' if entity == 'ad_spend' else '0' }} as spends
    from {{ ref('int_' ~ entity ~ '__rows') }}
    group by channel_key
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

-- one spelling for each channel: the rules', else the first of those given
spellings as (
    select
        origins.channel,
        coalesce(min(rules.channel), min(origins.channel_spelling)) as channel_spelling
    from origins
    left join {{ source('settings', 'channel_rules') }} as rules on origins.channel = lower(rules.channel)
    where origins.channel is not null
    group by origins.channel
),

one_each as (
    select
        origins.channel_key,
        {%- for field in channel_fields() if field != 'channel' %}
        min(origins.{{ field }}) as {{ field }},
        {%- endfor %}
        min(spellings.channel_spelling) as channel_given,
        max(origins.spends) = 1 as has_spend
    from origins
    left join spellings on origins.channel = spellings.channel
    group by origins.channel_key
)

select * from one_each
