-- Everything that was kept and flagged.
with warnings as (
    {%- for entity in ['leads', 'deals', 'refunds', 'ad_spend', 'marketing_costs'] %}
    select
        entity,
        source,
        key,
        warning,
        detail
    from {{ ref('int_' ~ entity ~ '__warnings') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select * from warnings
