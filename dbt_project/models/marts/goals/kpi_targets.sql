-- Goals: what was to be reached, where it stands, where it is heading, whether it is SMART, and what it asks of whom.
with pace as (
    select * from {{ ref('int_target_pace') }}
),

growth as (
    select * from {{ ref('int_target_growth') }}
),

requirements as (
    select * from {{ ref('int_target_requirements') }}
),

joined as (
    select
        pace.*,
        growth.best_growth,
        -- growth from nothing or from a loss is no factor
        case when growth.growth_base > 0 then pace.target_value / growth.growth_base end as required_growth,
        requirements.revenue_per_qualified_lead_today,
        requirements.qualification_rate_today,
        requirements.kept_share_today,
        requirements.won_deals_at_todays_pace,
        requirements.qualified_leads_since * requirements.revenue_per_qualified_lead_before as revenue_at_old_rates
    from pace
    left join growth on pace.target_key = growth.target_key
    left join requirements on pace.target_key = requirements.target_key
),

-- leads, deals and money spent that have come can't go again; revenue can, by refunds, and so can profit
ranged as (
    select
        *,
        case
            when
                kind = 'sum' and kpi not in ('revenue', 'units_sold', 'gross_profit', 'profit')
                and projection - half_range < actual
                then least(actual, projection)
            else projection - half_range
        end as projection_low,
        projection + half_range as projection_high
    from joined
),

smart as (
    select
        *,
        case when kind is null or not scope_is_known or owner is null then 'S' else '' end
        || case when kind is null then 'M' else '' end
        || case
            -- what was there already can be reached, and so can growth that there has been
            when sign * required_growth <= sign or sign * required_growth <= sign * best_growth then ''
            else 'A'
        end
        || case when parent_target_key is null and coalesce(department, 'company') <> 'company' then 'R' else '' end
        || case when start_date is null or due_date is null or start_date > due_date then 'T' else '' end
            as smart_failing
    from ranged
),

judged as (
    select
        *,
        case
            when target_value is null or actual is null or elapsed_days <= 0 then null
            when today > due_date and sign * actual >= sign * target_value then 'achieved'
            when today > due_date then 'missed'
            -- a loss only grows towards its due date
            when kind = 'sum' and sign > 0 and target_value > 0 and actual >= target_value then 'achieved'
            when sign * projection >= sign * target_value then 'on_track'
            when sign > 0 and projection_high >= target_value then 'at_risk'
            when sign < 0 and projection_low <= target_value then 'at_risk'
            else 'off_track'
        end as status,
        -- both gaps sum to what is missing so far: too few qualified leads, or too little made of them
        expected_to_date - revenue_at_old_rates as marketing_gap,
        revenue_at_old_rates - actual as sales_gap
    from smart
),

targets as (
    select
        target_key,
        parent_target_key,
        source,
        target_id,
        kpi,
        direction,
        scope,
        department,
        owner,
        start_date,
        due_date,
        baseline,
        target_value,
        actual,
        cast(is_seasonal as boolean) as is_seasonal,
        expected_to_date,
        -- no share can be told of a loss
        case
            when target_value <= 0 then null
            when direction = 'decrease' then target_value / nullif(actual, 0)
            else actual / nullif(target_value, 0)
        end as attainment,
        projection,
        projection_low,
        projection_high,
        status,
        smart_failing = '' as is_smart,
        smart_failing,
        required_growth,
        best_growth,
        target_value / nullif(revenue_per_qualified_lead_today, 0) as required_qualified_leads,
        target_value / nullif(revenue_per_qualified_lead_today * qualification_rate_today, 0) as required_leads,
        target_value / nullif(kept_share_today * won_deals_at_todays_pace, 0) as required_average_check,
        marketing_gap,
        sales_gap,
        case
            when marketing_gap + sales_gap > 0 and marketing_gap >= sales_gap then 'marketing'
            when marketing_gap + sales_gap > 0 then 'sales'
        end as gap_owner
    from judged
)

select * from targets
