{%- set people_of_touches -%}
    select
        {{ part_key(bucket_of(['touch_key'])) }} as part,
        hash(people.person_key) as content
    from {int_touches__rows} as touches
    left join {int_people} as people
        on
            coalesce('person:' || touches.person_id, 'email:' || touches.email_hash) = people.identity
            and (people.identity like 'person:%' or people.identity like 'email:%')
{%- endset -%}
{{ config(meta={'parts': dict(
    parts_row_by_row('int_touches__rows', ['touch_key']),
    accounted=['intermediate.int_people'],
    more=[people_of_touches],
)}) }}
-- Touches that could be read, each with its person and its channel.
with kept as (
    select
        touches.*,
        {{ campaign_label('touches', name_column=none) }} as campaign,
        {{ campaign_match() }} as campaign_match,
        campaign_matches.campaign_key
    from {{ ref('int_touches__rows') }} as touches
    {{ join_campaign_matches('touches') }}
    where touches.fate = 'kept'
),

-- int_people has every id that a touch names: one without id is looked up by its e-mail, nobody by a telephone
people as (
    select * from {{ ref('int_people') }} where identity like 'person:%' or identity like 'email:%'
),

channels as (
    select * from {{ ref('int_channels') }}
),

joined as (
    select
        kept.*,
        coalesce(people.person_key, 'person:' || kept.person_id, 'email:' || kept.email_hash) as person_key,
        coalesce(channels.channel, 'unattributed') as channel_found,
        coalesce(channels.channel_is_paid, false) as channel_is_paid
    from kept
    left join people on coalesce('person:' || kept.person_id, 'email:' || kept.email_hash) = people.identity
    left join channels on kept.channel_key = channels.channel_key
),

marked as (
    select
        *,
        lower(channel_found) in ('direct', '(direct)', 'unattributed') as is_direct,
        coalesce({{ matches_record_rule('test', {
            'source': 'source', 'channel': 'channel_found', 'utm_source': 'utm_source', 'utm_medium': 'utm_medium',
            'utm_campaign': 'utm_campaign', 'utm_content': 'utm_content', 'utm_term': 'utm_term',
            'campaign_id': 'campaign_id', 'landing_page': 'landing_page',
        }) }}, false) as is_test
    from joined
),

touches as (
    select
        touch_key,
        source,
        touch_id,
        person_key,
        touched_at,
        touched_at_is_date,
        touched_date,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        channel_found as channel,
        campaign,
        campaign_id,
        campaign_key,
        campaign_match,
        channel_is_paid,
        is_direct,
        landing_page,
        click_id,
        click_id_type,
        is_test,
        _file,
        _row
    from marked
)

select * from touches
