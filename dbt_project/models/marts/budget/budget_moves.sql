-- What moving a tenth of one channel's weekly budget to another would change: what it would bring there less what it
-- brings here, by the fitted curves of both, each replicate of the same weeks. Nothing is said where a curve isn't
-- fitted, or where the taker would spend more than in any of its weeks.
with responses as (
    select * from {{ ref('channel_response') }} where verdict = 'fitted'
),

seen as (
    select channel, cast(max(ad_spend) as double) as most_spent
    from {{ ref('int_channel_weeks') }}
    where is_whole
    group by channel
),

fits as (
    select
        fits.*,
        responses.spend_now,
        responses.spend_now / fits.mean_spend as u,
        seen.most_spent
    from {{ ref('int_channel_fits') }} as fits
    inner join responses on fits.channel = responses.channel and fits.outcome = responses.outcome
    inner join seen on fits.channel = seen.channel
),

moved as (
    select
        givers.channel as from_channel,
        takers.channel as to_channel,
        givers.outcome,
        givers.replicate,
        0.1 * givers.spend_now as moved_spend,
        takers.spend_now + 0.1 * givers.spend_now <= takers.most_spent as is_seen,
        {{ saturated('givers.u', 'givers') }} - {{ saturated('0.9 * givers.u', 'givers') }} as lost,
        {{ saturated('(takers.u + 0.1 * givers.spend_now / takers.mean_spend)', 'takers') }}
        - {{ saturated('takers.u', 'takers') }} as gained
    from fits as givers
    inner join fits as takers
        on
            givers.outcome = takers.outcome
            and givers.replicate = takers.replicate
            and givers.channel <> takers.channel
),

ranges as (
    select
        from_channel,
        to_channel,
        outcome,
        percentile_cont(0.025) within group (order by gained - lost) as change_low,
        percentile_cont(0.975) within group (order by gained - lost) as change_high
    from moved
    where replicate > 0
    group by from_channel, to_channel, outcome
),

moves as (
    select
        moved.from_channel,
        moved.to_channel,
        moved.outcome,
        {{ rounded('moved.moved_spend', 6) }} as moved_spend,
        {{ rounded('moved.lost', 9) }} as lost,
        {{ rounded('case when moved.is_seen then moved.gained end', 9) }} as gained,
        {{ rounded('case when moved.is_seen then moved.gained - moved.lost end', 9) }} as change,
        {{ rounded('case when moved.is_seen then ranges.change_low end', 9) }} as change_low,
        {{ rounded('case when moved.is_seen then ranges.change_high end', 9) }} as change_high,
        case
            when not moved.is_seen then 'beyond the spend seen'
            when ranges.change_low > 0 then 'more'
            when ranges.change_high < 0 then 'less'
            else 'cannot be told'
        end as verdict
    from moved
    left join ranges
        on
            moved.from_channel = ranges.from_channel
            and moved.to_channel = ranges.to_channel
            and moved.outcome = ranges.outcome
    where moved.replicate = 0
)

select * from moves
