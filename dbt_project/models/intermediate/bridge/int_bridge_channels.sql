-- Each channel's measures on both sides of a comparison.
{{ bridge_sides('int_kpi_periods_channel', 'channel', ['channel'], [
    'marketing_cost', 'leads', 'qualified_leads', 'won_deals_with_amount', 'won_amount', 'refunds', 'cost_of_goods'
]) }}
