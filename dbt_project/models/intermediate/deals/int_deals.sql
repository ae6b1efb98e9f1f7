-- One row for each deal that could be read, with all that other models want to know of it.
with priced as (
    select
        deals.*,
        coalesce(marked.matches_test, false) as matches_test,
        coalesce(marked.matches_duplicate, false) as matches_duplicate,
        not (deals.closed_at_is_estimated or deals.created_at_is_estimated) and deals.deal_status <> 'open' as is_timed,
        deals.created_at_used_is_date or deals.closed_at_used_is_date as by_day
    from {{ ref('int_deals__priced') }} as deals
    left join {{ ref('int_deals__marked') }} as marked on deals.deal_key = marked.deal_key
),

costs as (
    select
        deal_key,
        cast(sum(cost_of_goods) as decimal(28, 2)) as cost_of_goods
    from {{ ref('int_deal_lines') }}
    group by deal_key
),

cycled as (
    select
        *,
        case
            when not is_timed then null
            when by_day then {{ days_between('created_date', 'closed_date') }} * 86400
            else {{ seconds_between('created_at_used', 'closed_at_used') }}
        end as seconds_to_close
    from priced
),

joined as (
    select
        cycled.deal_key,
        cycled.source,
        cycled.deal_id,
        owned.lead_key,
        owned.lead_is_unknown,
        owned.person_key,
        owned.customer_key,
        cycled.created_at_used as created_at,
        cycled.created_at_used_is_date as created_at_is_date,
        cycled.created_date,
        cycled.created_at_is_estimated,
        coalesce(cycled.owner, 'unassigned') as owner,
        cycled.stage,
        cycled.deal_status as status,
        cycled.deal_status = 'won' as is_won,
        cycled.deal_status = 'lost' as is_lost,
        cycled.currency_used as currency,
        cycled.amount_source,
        cycled.amount_reporting as amount,
        cycled.units_sold as units,
        coalesce(cycled.product, '(none)') as product,
        costs.cost_of_goods,
        cycled.closed_at_used as closed_at,
        cycled.closed_at_used_is_date as closed_at_is_date,
        cycled.closed_date,
        cycled.closed_at_is_estimated,
        cycled.lost_reason,
        cycled.probability,
        owned.channel,
        owned.campaign,
        owned.channel_is_paid,
        cast(case
            when cycled.deal_status = 'won' and cycled.seconds_to_close >= 0 then cycled.seconds_to_close
        end as bigint) as cycle_seconds,
        cycled.is_deleted,
        cycled.matches_test or owned.lead_is_test as is_test,
        cycled.deal_status = 'won' and not (
            cycled.is_deleted or cycled.matches_test or owned.lead_is_test
        ) as counts_won,
        cycled.deal_status = 'open' and not (
            cycled.is_deleted or cycled.matches_test or owned.lead_is_test
            or cycled.matches_duplicate or owned.lead_is_duplicate
        ) as counts_open,
        cycled.deal_status = 'lost' and not (
            cycled.is_deleted or cycled.matches_test or owned.lead_is_test
            or cycled.matches_duplicate or owned.lead_is_duplicate
        ) as counts_lost,
        trim(
            case when owned.lead_is_unknown then 'lead_unknown ' else '' end
            || case when not cycled.status_is_known then 'unmapped_stage ' else '' end
            || case when cycled.created_at_used is null then 'no_date ' else '' end
            || case when cycled.created_at_is_estimated then 'created_at_estimated ' else '' end
            || case when cycled.closed_at_is_estimated then 'closed_at_estimated ' else '' end
            || case
                when cycled.deal_status <> 'open' and cycled.closed_date_given > cycled.today then 'closed_in_future '
                else ''
            end
            || case when cycled.seconds_to_close < 0 then 'closed_before_created ' else '' end
            || case
                when cycled.deal_status = 'won' and cycled.amount_reporting is null then 'won_without_amount '
                else ''
            end
            || case when owned.lead_is_unknown and cycled.lead_is_ambiguous then 'links_ambiguous ' else '' end
            || case
                when cycled.amount is null and cycled.amount_reporting is not null then 'amount_from_lines '
                else ''
            end
            || case when owned.channel = 'unmapped' then 'unmapped_channel ' else '' end
        ) as flags,
        cycled._file,
        cycled._row
    from cycled
    inner join {{ ref('int_deals__owned') }} as owned on cycled.deal_key = owned.deal_key
    left join costs on cycled.deal_key = costs.deal_key
)

select * from joined
