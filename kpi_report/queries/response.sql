select
    channel, outcome, weeks, verdict, spend_now, outcome_now, outcome_now_low, outcome_now_high,
    last_10_percent, last_10_percent_low, last_10_percent_high,
    next_10_percent, next_10_percent_low, next_10_percent_high,
    average_cost, marginal_cost, marginal_cost_low, marginal_cost_high,
    average_roi, marginal_roi, marginal_roi_low, marginal_roi_high
from channel_response
order by outcome, verdict, spend_now desc, channel
