-- Shapley value of every channel for v(S) = wins whose channels are all in S. v is a sum over journeys of "1 if S holds
-- all channels of the journey", and such a game splits equally among just those channels: no coalition is enumerated.
with journeys as (
    select distinct
        journey_key as deal_key,
        channel
    from {{ ref('int_journeys') }}
    where is_won
),

members as (
    select
        deal_key,
        channel,
        count(*) over (partition by deal_key) as channels
    from journeys
),

credits as (
    select
        deal_key,
        max(revenue) as revenue,
        max(gross_profit) as gross_profit
    from {{ ref('int_deal_credits') }}
    where model = 'first_touch'
    group by deal_key
),

-- by number of channels first, so that sums are of exact numbers and don't depend on the order of rows
by_size as (
    select
        members.channel,
        members.channels,
        count(*) as wins,
        sum(credits.revenue) as revenue,
        sum(credits.gross_profit) as gross_profit
    from members
    inner join credits on members.deal_key = credits.deal_key
    group by members.channel, members.channels
),

shares as (
    select
        channel,
        sum(cast(cast(wins as double) / channels as decimal(28, 12))) as wins,
        sum(cast(cast(revenue as double) / channels as decimal(38, 12))) as revenue,
        sum(cast(cast(gross_profit as double) / channels as decimal(38, 12))) as gross_profit
    from by_size
    group by channel
)

select * from shares
