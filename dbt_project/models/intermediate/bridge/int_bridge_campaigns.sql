-- Won deals and amounts on both sides of a comparison, of each campaign that has any.
{{ bridge_sides(
    'int_kpi_periods_campaign', 'campaign', ['channel', 'campaign'], ['won_deals_with_amount', 'won_amount'],
    without_empty=true
) }}
