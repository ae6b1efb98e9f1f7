-- Whom a deal belongs to: its lead (a duplicate's surviving one), person, customer, channel and campaign.
with deals as (
    select
        deals.*,
        {{ campaign_label('deals') }} as own_campaign
    from {{ ref('int_deals__priced') }} as deals
    {{ join_campaign_matches('deals') }}
),

-- few of all leads and people have a deal: only those are taken, so that memory grows with the deals
named_leads as (
    select
        lead_key,
        coalesce(duplicate_of, lead_key) as surviving_key,
        person_key,
        is_test,
        is_duplicate
    from {{ ref('int_leads') }}
    where lead_key in (select deals.lead_key_given from deals)
),

leads as (
    select
        lead_key,
        channel,
        campaign,
        channel_is_paid
    from {{ ref('int_leads') }}
    where lead_key in (select named_leads.surviving_key from named_leads)
),

identities as (
    select coalesce('person:' || person_id, 'email:' || email_hash) as identity from deals
    union all
    select 'person:' || customer_id as identity from deals
),

people as (
    select * from {{ ref('int_people') }}
    where identity in (select identities.identity from identities)
),

owned as (
    select
        deals.deal_key,
        named_leads.surviving_key as lead_key,
        deals.lead_key_given is not null and named_leads.lead_key is null as lead_is_unknown,
        coalesce(named_leads.is_test, false) as lead_is_test,
        coalesce(named_leads.is_duplicate, false) as lead_is_duplicate,
        coalesce(
            people.person_key, named_leads.person_key, customer_people.person_key,
            'person:' || deals.customer_id, 'deal:' || deals.deal_key
        ) as person_key,
        coalesce(
            'customer:' || deals.customer_id, named_leads.person_key, people.person_key, 'deal:' || deals.deal_key
        ) as customer_key,
        case
            when coalesce(leads.channel, 'unattributed') <> 'unattributed' then 'lead'
            when channels.channel = 'unattributed' then 'lead'
            else 'own'
        end as origin,
        leads.channel as lead_channel,
        leads.campaign as lead_campaign,
        leads.channel_is_paid as lead_channel_is_paid,
        channels.channel as own_channel,
        deals.own_campaign,
        channels.channel_is_paid as own_channel_is_paid
    from deals
    left join named_leads on deals.lead_key_given = named_leads.lead_key
    left join leads on named_leads.surviving_key = leads.lead_key
    left join people
        on coalesce('person:' || deals.person_id, 'email:' || deals.email_hash) = people.identity
    left join people as customer_people on 'person:' || deals.customer_id = customer_people.identity
    left join {{ ref('int_channels') }} as channels on deals.channel_key = channels.channel_key
),

placed as (
    select
        deal_key,
        lead_key,
        lead_is_unknown,
        lead_is_test,
        lead_is_duplicate,
        person_key,
        customer_key,
        case when origin = 'lead' then coalesce(lead_channel, own_channel) else own_channel end as channel,
        case when origin = 'lead' then coalesce(lead_campaign, own_campaign) else own_campaign end as campaign,
        case
            when origin = 'lead' then coalesce(lead_channel_is_paid, own_channel_is_paid)
            else own_channel_is_paid
        end as channel_is_paid
    from owned
)

select * from placed
