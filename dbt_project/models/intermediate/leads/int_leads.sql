{%- set lead = bucket_of(['lead_key']) -%}
{{ config(meta={'parts': {
    'by': lead, 'of': {'int_leads__rows': lead, 'int_leads__survivors': lead, 'int_leads__reached': lead},
}}) }}
-- One row for each lead that could be read, with all that other models want to know of it.
with kept as (
    select
        leads.*,
        {{ campaign_label('leads') }} as campaign,
        {{ campaign_match() }} as campaign_match,
        campaign_matches.campaign_key
    from {{ ref('int_leads__rows') }} as leads
    {{ join_campaign_matches('leads') }}
    where leads.fate = 'kept'
),

timed as (
    select
        *,
        coalesce(
            response_seconds,
            case
                when not (created_at_is_date or first_response_at_is_date)
                    then {{ seconds_between('created_at', 'first_response_at') }}
            end
        ) as seconds_to_response
    from kept
),

joined as (
    select
        timed.lead_key,
        timed.source,
        timed.lead_id,
        survivors.person_key,
        timed.created_at,
        timed.created_at_is_date,
        timed.created_date,
        timed.email_hash,
        timed.phone_hash,
        timed.full_name_hash,
        timed.company,
        timed.country,
        coalesce(timed.owner, 'unassigned') as owner,
        timed.stage,
        reached.stage_reached,
        reached.is_lost,
        reached.stage_rank >= 3 as is_qualified,
        reached.qualified_at,
        {{ reporting_date('reached.qualified_at') }} as qualified_date,
        timed.first_response_at,
        cast(case when timed.seconds_to_response >= 0 then timed.seconds_to_response end as bigint) as response_seconds,
        timed.lead_quality,
        timed.disqualified_reason,
        timed.utm_source,
        timed.utm_medium,
        timed.utm_campaign,
        timed.utm_content,
        timed.utm_term,
        channels.channel,
        timed.campaign,
        timed.campaign_id,
        timed.campaign_key,
        timed.campaign_match,
        channels.channel_is_paid,
        timed.landing_page,
        timed.click_id,
        timed.click_id_type,
        coalesce(timed.product, '(none)') as product,
        timed.updated_at,
        timed.is_deleted,
        survivors.is_test,
        survivors.is_duplicate,
        survivors.duplicate_of,
        not timed.is_deleted and not survivors.is_test and not survivors.is_duplicate as counts,
        timed._file,
        timed._row
    from timed
    inner join {{ ref('int_leads__survivors') }} as survivors on timed.lead_key = survivors.lead_key
    inner join {{ ref('int_leads__reached') }} as reached on timed.lead_key = reached.lead_key
    inner join {{ ref('int_channels') }} as channels on timed.channel_key = channels.channel_key
)

select * from joined
