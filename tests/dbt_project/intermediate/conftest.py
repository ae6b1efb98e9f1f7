"""One company for all tests of the intermediate models; each test reads the rows that are about its rule."""

import pytest

from tests.dbt_project.intermediate.world import World, build

SETTINGS = """
company: World
reporting: {currency: EUR, timezone: Europe/Berlin, today: 2024-06-15, week_start: sunday}
stages: {Fresh: new, Deep: qualified, Talk: opportunity, Paid: won, Dead: lost}
channels:
  - {when: {utm_source: [brand, brand-de], utm_medium: CPC}, channel: Brand, paid: true}
  - {when: {utm_source: brand}, channel: Brand other, paid: false}
  - {when: {channel: g/cpc}, channel: Paid Search}
qualified_when: {lead_quality: [A]}
duplicate_when: {disqualified_reason: [Duplicate]}
test_when: {channel: [Test], product: [Demo]}
leads: {deduplicate_days: 90, phone_region: DE}
economics: {gross_margin: {default: 0.5, Lamp: 0.25}}
"""

LEADS = """
lead_id,created_at,email,phone,person_id,stage,lead_quality,qualified_at,first_response_at,disqualified_reason,utm_source,utm_medium,utm_campaign,channel,campaign_id,campaign_name,product,updated_at,is_deleted
a1,2024-01-01 10:00:00,a@x.de,,,Fresh,,,,,,,,,,,,,
a2,2024-02-01 10:00:00,A@x.de ,030 12345678,,Fresh,,,,,,,,,,,,,
a3,2024-03-31 10:00:01,,+49 30 12345678,p-a,Fresh,,,,,,,,,,,,,
a4,2024-04-10 10:00:00,,,p-a,Fresh,,,,,,,,,,,,,
b1,2024-01-01 10:00:00,b@x.de,,,Fresh,,,,,,,,,,,,,
b2,2024-03-31 10:00:00,b@x.de,,,Fresh,,,,,,,,,,,,,
m1,2024-01-05 10:00:00,m@x.de,,,Fresh,,,,duplicate,,,,,,,,,
m2,2024-01-06 10:00:00,m@x.de,,,Fresh,,,,,,,,,,,,,
m3,2024-01-07 10:00:00,,,,Fresh,,,,Duplicate,,,,,,,,,
t1,2024-01-01 10:00:00,t@x.de,,,Fresh,,,,,,,,test,,,,,
t2,2024-01-02 10:00:00,t@x.de,,,Fresh,,,,,,,,,,,,,
x1,2024-01-01 10:00:00,,,,Fresh,,,,,,,,,,,,,true
s1,2024-01-01 10:00:00,,,,Fresh,,,,,,,,,,,Newer,2024-02-02 00:00:00,
s1,2024-01-01 10:00:00,,,,Fresh,,,,,,,,,,,Older,2024-02-01 00:00:00,
s2,2024-01-01 10:00:00,,,,Fresh,,,,,,,,,,,First,,
s2,2024-01-01 10:00:00,,,,Fresh,,,,,,,,,,,Last,,
,2024-01-01 10:00:00,,,,Fresh,,,,,,,,,,,,,
n1,,,,,Fresh,,,,,,,,,,,,,
n2,nonsense,,,,Fresh,,,,,,,,,,,,,
n3,2024-06-17 10:00:00,,,,Fresh,,,,,,,,,,,,,
n4,2024-06-16 10:00:00,,,,Fresh,,,,,,,,,,,,,
q1,2024-01-01 10:00:00,,,,Fresh,A,,2024-01-01 10:05:00,,,,,,,,,,
q2,2024-01-01 10:00:00,,,,Fresh,,2024-01-03,2024-01-01 09:00:00,,,,,,,,,,
q3,2024-01-01,,,,deep,,,2024-01-01 09:00:00,,,,,,,,,,
q4,2024-01-01 10:00:00,,,,Dead,,,,,,,,,,,,,
q5,2024-01-01 10:00:00,,,,Limbo,,,,,,,,,,,,,
q6,2024-01-01 10:00:00,,,,Fresh,,,,,,,,,,,,,
q7,2023-12-31 23:30:00,,,,Fresh,,,,,,,,,,,,,
c1,2024-01-01 10:00:00,,,,Fresh,,,,,brand,cpc,,Own name,,,,,
c2,2024-01-01 10:00:00,,,,Fresh,,,,,brand,mail,,Own name,,,,,
c3,2024-01-01 10:00:00,,,,Fresh,,,,,google,cpc,,own NAME,,,,,
c4,2024-01-01 10:00:00,,,,Fresh,,,,,google,cpc,spring,,,,,,
c5,2024-01-01 10:00:00,,,,Fresh,,,,,,,777,,,,,,
c6,2024-01-01 10:00:00,,,,Fresh,,,,,l.facebook.com,referral,,,,,,,
c7,2024-01-01 10:00:00,,,,Fresh,,,,,somewhere,unheard,,,,,,,
c8,2024-01-01 10:00:00,,,,Fresh,,,,,,,,,777,Spring 2023,,,
c9,2024-01-01 10:00:00,,,,Fresh,,,,,,,,Own name,,,,,
s3,2024-01-01 10:00:00,,,,Fresh,,,,,,,,,,,Good,2024-02-01 00:00:00,
s3,nonsense,,,,Fresh,,,,,,,,,,,Broken,2024-02-02 00:00:00,
s4,nonsense,,,,Fresh,,,,,,,,,,,Broken,2024-02-01 00:00:00,
s4,2024-01-01 10:00:00,,,,Fresh,,,,,,,,,,,Corrected,2024-02-02 00:00:00,
"""

DEALS = """
deal_id,created_at,lead_id,customer_id,person_id,stage,status,amount,currency,units,product,cost_of_goods,closed_at,channel,updated_at,is_deleted
d1,2024-02-02 10:00:00,a2,,,Paid,,100,,,,,2024-02-12 09:00:00,,,
d2,2024-02-02 10:00:00,a2,,,Dead,,,,,,,2024-02-12 10:00:00,,,
d3,2024-02-01 10:00:00,q6,,,Paid,,100,,,,,,,2024-03-01 10:00:00,
d4,2024-02-01 10:00:00,,c-4,,Paid,,100,,,,,,,2024-03-01 10:00:00,
d5,2024-02-01 10:00:00,,,,Dead,,,,,,,,,,
d6,2024-02-01 10:00:00,,,,Paid,,50,,,,,2024-07-01,,2024-03-02 10:00:00,
d7,2024-02-01 10:00:00,,,,Paid,open,100,,,,,2024-02-05,,,
d8,2024-02-01 10:00:00,,,,Limbo,,100,,,,,,,,
d9,,,,,Paid,,100,,,,,2024-02-20 10:00:00,,,
d10,,,,,Fresh,,100,,,,,,,,
d11,2024-01-01 10:00:00,,c-11,,Paid,,100,usd,,Lamp,,2024-02-01 10:00:00,,,
d12,2024-01-01 10:00:00,,,,Paid,,100,GBP,,,,2024-02-01 10:00:00,,,
d13,2024-01-01 10:00:00,zzz,,,Fresh,,,,,,,,,,
d14,,,,,Paid,,100,,,,,,,,
d15,2024-02-01 10:00:00,,,,Paid,,100,,,,,2024-01-31 10:00:00,,,
d16,2024-01-01 10:00:00,,,,Paid,,100,,,,,2024-01-11,,,
d17,2024-01-01 10:00:00,,c-11,,Paid,,100,,7,,,2024-01-21 10:00:00,,,
d18,2024-01-01 10:00:00,t1,,,Paid,,100,,,,,2024-01-21 10:00:00,,,
d19,2024-01-01 10:00:00,,,,Paid,,100,,,Demo,,2024-01-21 10:00:00,,,
d20,2024-01-01 10:00:00,,,,Paid,,,,,,,2024-01-21 10:00:00,Own name,,
d21,2024-01-01 10:00:00,,,,Paid,,100,,,,80,2024-01-21 10:00:00,,,
d22,2024-01-01 10:00:00,q2,,,Talk,,100,,,,,,,,
d23,2024-01-01 10:00:00,c4,,,Paid,,n/a,,,,,2024-01-21 10:00:00,,,
d24,2024-01-01 10:00:00,,,,Paid,,70,,,Good,,2024-01-21 10:00:00,,2024-02-01 00:00:00,
d24,2024-01-01 10:00:00,,,,Paid,,80,GBP,,Broken,,2024-01-21 10:00:00,,2024-02-02 00:00:00,
"""

FILES = {
    "leads": LEADS,
    "deals": DEALS,
    "deal_lines": """
        deal_id,line_id,product,units,unit_price,discount,amount,cost_of_goods
        d17,1,Lamp,,,,10,
        d17,2,Desk,,,,10,
        d17,3,Chair,,,,10,4
        d20,1,Desk,2,30,10,,
        d20,2,Desk,1,25,,,
        d21,1,Desk,1,,,50,60
        d21,2,Chair,1,,,50,
        ghost,1,Desk,1,,,50,
        d17,,Desk,,,,10,
    """,
    "refunds": """
        refund_id,deal_id,refunded_at,amount,currency
        r1,d11,2024-02-03,10,USD
        r2,ghost,2024-02-03,10,
        r3,d18,2024-02-03,10,
        r4,d11,2024-06-20,10,
        r5,,2024-02-03,10,
    """,
    "stage_history": """
        entity,entity_id,entered_at,stage
        deals,d3,2024-02-10 10:00:00,Paid
        deals,d3,2024-02-15 10:00:00,Paid
        deals,d3,2024-02-20 10:00:00,Talk
        leads,q4,2024-01-02 10:00:00,Talk
        lead,q5,2024-01-02 10:00:00,Deep
        campaigns,q5,2024-01-02 10:00:00,Deep
    """,
    "fx_rates": """
        date,currency,rate
        2024-01-25,USD,0.9
        2024-02-03,USD,0.95
    """,
    "products": """
        product,gross_margin
        Desk,0.4
        ,0.3
    """,
    "ad_spend": """
        date,platform,campaign_id,campaign_name,utm_campaign,channel,spend,clicks,impressions
        2024-01-01,google_ads,777,Spring 2023,,,1,1,1
        2024-02-01,google_ads,777,Spring sale,,,1,1,1
        2024-02-01,google_ads,888,Search DE,spring,,1,1,1
        2024-02-01,,,,,Own name,1,1,1
        2024-02-01,fairs,1,Stand,,brand OTHER,1,1,1
    """,
    "daily_results": """
        date,start_date,end_date,channel,campaign_name,leads,qualified_leads,won_deals,revenue
        2024-01-10,,,own NAME,,5,2,,
        2024-05-10,,,Own name,,4,1,2,300
        ,2024-05-30,2024-06-02,Radio,Spots,7,3,1,100.01
        2024-05-11,,,test,,9,,,
    """,
    "marketing_costs": """
        month,cost_type,amount,channel
        2024-01-01,tools,31,own NAME
        2024-01-01,agency,31,BRAND
        2024-01-01,events,31,Fair
        2024-02-01,events,29,fair
        2024-01-01,salaries,31,
        2024-01-01,tools,31,g/cpc
    """,
}


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The company of this folder's tests, built once."""
    return build(tmp_path_factory.mktemp("world") / "workspace", SETTINGS, FILES)
