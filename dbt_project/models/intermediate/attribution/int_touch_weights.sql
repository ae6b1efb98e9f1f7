-- Weight of every touch in its deal under each model. Weights are whole numbers wherever a model is a fraction, so that
-- their sums don't depend on the order of rows; time decay counts from the last touch, which normalising cancels.
with counted as (
    select
        *,
        count(case when is_anchor then 1 end) over (partition by deal_key) as anchors,
        count(case when not is_anchor then 1 end) over (partition by deal_key) as others
    from {{ ref('int_deal_touches') }}
),

workspace as (
    select cast(half_life_days as double) as half_life_days from {{ source('settings', 'workspace') }}
),

with_half_life as (
    select
        counted.*,
        workspace.half_life_days
    from counted
    cross join workspace
),

weighted as (
    select
        *,
        case when position = 1 then 1 else 0 end as first_touch,
        case when position = touches then 1 else 0 end as last_touch,
        case when is_last_non_direct then 1 else 0 end as last_non_direct,
        case when is_last_paid then 1 else 0 end as last_paid_touch,
        1 as linear,
        -- 40 / 20 / 40; one or two touches share equally
        case when touches <= 2 then 1 when position in (1, touches) then 2 * (touches - 2) else 1 end as position_based,
        -- 90 % among the anchors, 10 % among the others
        case when others = 0 then 1 when is_anchor then 9 * others else anchors end as w_shaped,
        power(cast(2 as double), -seconds_before_last / (86400 * half_life_days)) as time_decay
    from with_half_life
),

by_model as (
    {%- for model in per_deal_models() %}
    select
        deal_key,
        '{{ model }}' as model,
        channel,
        campaign,
        touches,
        position,
        touch_key,
        cast({{ model }} as decimal(24, 12)) as weight
    from weighted
    where {{ model }} > 0
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

by_campaign as (
    select
        deal_key,
        model,
        channel,
        campaign,
        max(touches) as touches,
        -- the last of those that earned the credit
        max_by(touch_key, position) as touch_key,
        sum(weight) as weight
    from by_model
    group by deal_key, model, channel, campaign
)

select * from by_campaign
