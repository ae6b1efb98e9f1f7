-- Where each deal stood while it was open: a row for each stretch of days, by the stage at the end of the day. Before
-- the first entry of its history, or without one, the stage is unknown.
with deals as (
    select
        deal_key,
        source,
        case when closed_date < created_date then closed_date else created_date end as opened_date,
        closed_date
    from {{ ref('int_deals') }}
    where created_date is not null and (counts_open or counts_won or counts_lost)
),

entries as (
    select
        deals.deal_key,
        greatest(stage_history.entered_date, deals.opened_date) as first_date,
        lower(stage_history.stage) as stage
    from deals
    inner join {{ ref('int_stage_history') }} as stage_history
        on deals.deal_key = stage_history.entity_key and stage_history.entity = 'deals'
    where deals.closed_date is null or stage_history.entered_date < deals.closed_date
    qualify row_number() over (
        partition by deals.deal_key, greatest(stage_history.entered_date, deals.opened_date)
        order by stage_history.entered_at desc, stage_history._row desc
    ) = 1
),

steps as (
    select deal_key, first_date, stage from entries
    union all
    select deals.deal_key, deals.opened_date as first_date, cast(null as varchar) as stage
    from deals
    left join entries on deals.deal_key = entries.deal_key and deals.opened_date = entries.first_date
    where entries.deal_key is null
),

stays as (
    select
        deals.deal_key,
        deals.source,
        steps.stage,
        steps.first_date,
        coalesce(
            lead(steps.first_date) over (partition by steps.deal_key order by steps.first_date), deals.closed_date
        ) as next_date
    from steps
    inner join deals on steps.deal_key = deals.deal_key
),

open_stays as (
    select * from stays where next_date is null or next_date > first_date
)

select * from open_stays
