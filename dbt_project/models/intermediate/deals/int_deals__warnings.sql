-- Deals that are kept and flagged, one row for each flag.
with deals as (
    select * from {{ ref('int_deals') }} where flags <> ''
),

deal_values as (
    select * from {{ ref('int_deal_values') }} where has_no_rate_when_created
),

found as (
    {%- for flag, detail in {
        'lead_unknown': "cast(null as varchar)",
        'unmapped_stage': 'stage',
        'no_date': "cast(null as varchar)",
        'created_at_estimated': 'cast(created_at as varchar)',
        'closed_at_estimated': 'cast(closed_at as varchar)',
        'closed_in_future': 'cast(closed_at as varchar)',
        'closed_before_created': 'cast(closed_at as varchar)',
        'won_without_amount': "cast(null as varchar)",
        'links_ambiguous': "cast(null as varchar)",
        'amount_from_lines': 'cast(amount as varchar)',
        'unmapped_channel': "cast(null as varchar)",
    }.items() %}
    select
        'deals' as entity,
        source,
        deal_key as key,
        '{{ flag }}' as warning,
        {{ detail }} as detail
    from deals
    where ' ' || flags || ' ' like '% {{ flag }} %'
    union all
    {%- endfor %}
    select
        'deals' as entity,
        source,
        deal_key as key,
        'no_rate_when_created' as warning,
        cast(null as varchar) as detail
    from deal_values
)

select * from found
