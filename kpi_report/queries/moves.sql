-- moving a tenth of one channel's budget to another, the surest first
select from_channel, to_channel, outcome, moved_spend, lost, gained, change, change_low, change_high, verdict
from budget_moves
order by
    outcome,
    case verdict when 'more' then 0 when 'cannot be told' then 1 when 'less' then 2 else 3 end,
    change / moved_spend desc,
    from_channel,
    to_channel
