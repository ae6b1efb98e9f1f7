select
    grain, period_start, channel, ad_spend, marketing_cost, leads, cpl, qualified_leads, qualification_rate, won_deals,
    lead_to_deal_conversion, revenue, cac, roi
from kpi_by_channel
where grain <> 'day'
order by grain, period_start, channel
