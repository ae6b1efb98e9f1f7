select grain, period_start, leads_until, spend_until, won_deals_until
from kpi_opening
order by grain
