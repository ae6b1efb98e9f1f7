-- Each campaign's won deals and amounts on both sides of a comparison.
{{ bridge_sides(
    'int_kpi_periods_campaign', 'campaign', ['channel', 'campaign'], ['won_deals_with_amount', 'won_amount']
) }}
