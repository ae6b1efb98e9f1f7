{#- The spend at which half of the most is reached, in mean weeks of spend; the last is as good as a line. -#}
{%- set shapes = [0.1, 0.25, 0.5, 1, 2, 4, 8, 1000] -%}
{%- set replicates = 200 -%}
{%- set outcomes = ['leads', 'qualified_leads', 'won_value'] -%}
-- How a week's outcome follows its spend: base + effect * g(spend), g saturating, 0 without spend, 1 at the mean. For
-- each shape of a grid base and effect are least squares; the best shape stays. Replicate 0 has every week once; in the
-- others a week stands 0 to 5 times, by a hash of the week (Poisson bootstrap): the same data give the same figures.
-- Sums are of decimals, in units of the mean week, so that no order of rows is in them.
with weeks as (
    {%- for outcome in outcomes %}
    select
        channel,
        '{{ outcome }}' as outcome,
        week,
        cast(ad_spend as double) as spend,
        cast({{ outcome }} as double) as y
    from {{ ref('int_channel_weeks') }}
    where {{ 'is_mature' if outcome == 'won_value' else 'is_whole' }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

means as (
    select
        channel,
        outcome,
        count(*) as weeks,
        cast(sum(cast(spend as decimal(28, 6))) as double) / count(*) as mean_spend,
        cast(sum(cast(y as decimal(28, 6))) as double) / count(*) as mean_y
    from weeks
    group by channel, outcome
),

scaled as (
    select
        weeks.channel,
        weeks.outcome,
        weeks.week,
        weeks.spend / means.mean_spend as u,
        weeks.y / means.mean_y as y
    from weeks
    inner join means on weeks.channel = means.channel and weeks.outcome = means.outcome
    where means.mean_spend > 0 and means.mean_y > 0 and means.weeks >= 26
),

shapes as (
    {%- for shape in shapes %}
    select cast({{ shape }} as double) as shape
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

points as (
    select
        scaled.channel,
        scaled.outcome,
        scaled.week,
        scaled.y,
        shapes.shape,
        scaled.u * (1 + shapes.shape) / (scaled.u + shapes.shape) as g
    from scaled
    cross join shapes
),

products as (
    select
        channel,
        outcome,
        week,
        shape,
        cast(g as decimal(28, 9)) as g,
        cast(y as decimal(28, 9)) as y,
        cast(g * g as decimal(28, 9)) as gg,
        cast(g * y as decimal(28, 9)) as gy,
        cast(y * y as decimal(28, 9)) as yy
    from points
),

replicates as (
    {{ whole_numbers(0, replicates) }}
),

draws as (
    select
        days.week,
        replicates.number as replicate,
        {{ hash_share("cast(days.week as varchar) || '|' || cast(replicates.number as varchar)") }} as share
    from (select distinct weeks.week from weeks) as days
    cross join replicates
),

-- how often a Poisson variable of mean 1 is that large
multiples as (
    select
        week,
        replicate,
        case
            when replicate = 0 then 1
            when share < 0.367879 then 0
            when share < 0.735759 then 1
            when share < 0.919699 then 2
            when share < 0.981012 then 3
            when share < 0.996340 then 4
            else 5
        end as times
    from draws
),

sums as (
    select
        products.channel,
        products.outcome,
        products.shape,
        multiples.replicate,
        {%- for product in ['g', 'y', 'gg', 'gy', 'yy'] %}
        cast(sum(cast(products.{{ product }} * multiples.times as decimal(38, 9))) as double) as s_{{ product }},
        {%- endfor %}
        cast(sum(multiples.times) as double) as n
    from products
    inner join multiples on products.week = multiples.week
    where multiples.times > 0
    group by products.channel, products.outcome, products.shape, multiples.replicate
),

lines as (
    select
        *,
        (n * s_gy - s_g * s_y) / (n * s_gg - s_g * s_g) as free_effect
    from sums
    where n * s_gg - s_g * s_g > 1e-6 * n * n
),

-- a base below nothing is none: the curve then begins at 0
solved as (
    select
        *,
        case when s_y >= free_effect * s_g then free_effect else s_gy / s_gg end as effect,
        case when s_y >= free_effect * s_g then (s_y - free_effect * s_g) / n else 0 end as base
    from lines
),

ranked as (
    select
        *,
        row_number() over (
            partition by channel, outcome, replicate
            order by {{ rounded('s_yy - base * s_y - effect * s_gy', 9) }}, shape desc
        ) as place
    from solved
),

fits as (
    select
        ranked.channel,
        ranked.outcome,
        cast(ranked.replicate as bigint) as replicate,
        ranked.shape,
        means.mean_spend,
        ranked.base * means.mean_y as base,
        ranked.effect * means.mean_y as effect
    from ranked
    inner join means on ranked.channel = means.channel and ranked.outcome = means.outcome
    where ranked.place = 1
)

select * from fits
