{{ config(enabled=source_is_enabled('hubspot')) }}

-- HubSpot's own idea of where a contact came from, in the words of the built-in channels. It speaks only where
-- there are no utm parameters, since those say more; a company's own channel property beats both. The campaign is in
-- one of two details of the traffic source, depending on the source.
with contacts as (
    select * from {{ source('hubspot', 'contact') }}
),

origins as (
    select
        id as contact_id,
        coalesce(
            property_channel,
            case
                when property_utm_source is null and property_utm_medium is null
                    then
                        case property_hs_analytics_source
                            when 'ORGANIC_SEARCH' then 'Organic Search'
                            when 'PAID_SEARCH' then 'Paid Search'
                            when 'PAID_SOCIAL' then 'Paid Social'
                            when 'SOCIAL_MEDIA' then 'Organic Social'
                            when 'EMAIL_MARKETING' then 'Email'
                            when 'REFERRALS' then 'Referral'
                            when 'AI_REFERRALS' then 'Referral'
                            when 'DIRECT_TRAFFIC' then 'Direct'
                            when 'OTHER_CAMPAIGNS' then 'Other Campaigns'
                            when 'OFFLINE' then 'Offline'
                        end
            end
        ) as channel,
        coalesce(
            property_campaign_name,
            property_utm_campaign,
            case
                when property_hs_analytics_source in ('PAID_SEARCH', 'EMAIL_MARKETING', 'OTHER_CAMPAIGNS')
                    then property_hs_analytics_source_data_1
                when property_hs_analytics_source in ('PAID_SOCIAL', 'SOCIAL_MEDIA')
                    then property_hs_analytics_source_data_2
            end
        ) as campaign_name
    from contacts
)

select * from origins
