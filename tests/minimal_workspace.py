"""The smallest company that has everything: two ads, three leads, two deals. Figures are worked out by hand.

March 2024: leads L1 and L2; one deal won (1,200.00); spend 40.00 + 60.00. February: lead L3; spend 20.00.
"""

from pathlib import Path

SETTINGS = """\
company: Acme
reporting: {currency: EUR, timezone: Europe/Berlin, today: 2024-03-31}
sources:
  sheets:
    - {entity: leads, files: extracts/leads*.csv}
    - {entity: deals, files: extracts/deals*.csv}
    - {entity: ad_spend, files: extracts/spend*.csv}
stages: {New: new, Customer: won, Lost: lost}
publish: {keep: 3}
"""
LEADS = """\
lead_id,created_at,email,utm_source,utm_medium,owner,stage
L1,2024-03-01 09:00:00,ann@example.com,google,cpc,Eva,Customer
L2,2024-03-02 10:00:00,bob@example.com,google,cpc,Max,Lost
L3,2024-02-10 10:00:00,cat@example.com,facebook,paid_social,Max,New
"""
DEALS = """\
deal_id,created_at,lead_id,owner,stage,amount,currency,closed_at
D1,2024-03-03 09:00:00,L1,Eva,Customer,1200.00,EUR,2024-03-10 12:00:00
D2,2024-03-04 09:00:00,L2,Max,Lost,300.00,EUR,2024-03-12 12:00:00
"""
SPEND = """\
date,platform,campaign_id,campaign_name,impressions,clicks,spend,currency,utm_source,utm_medium
2024-03-01,Google Ads,1,Search,1000,50,40.00,EUR,google,cpc
2024-03-02,Google Ads,1,Search,1200,60,60.00,EUR,google,cpc
2024-02-10,Meta,7,Social,5000,30,20.00,EUR,facebook,paid_social
"""

# The same records with people in columns where nobody expects them, and rows that are refused for it: nothing of PEOPLE
# may be found but in the extracts and in the raw tables.
CROWDED_LEADS = """\
lead_id,created_at,email,utm_source,utm_medium,owner,stage,full_name,phone,landing_page,utm_content,disqualified_reason
L1,2024-03-01 09:00:00,ann@example.com,google,cpc,Eva,Customer,Ann Abel,+49 151 4730011,/p?mail=ann%40example.com,,
L2,2024-03-02 10:00:00,bob@example.com,google,cpc,Max,Lost,Bob Bauer,+49 151 4730022,/p,like ann@example.com,Ann Abel
L3,2024-02-10 10:00:00,cat@example.com,facebook,paid_social,Max,New,Cat Cohen,+49 151 4730033,/p,+491514730011,
L4,ann@example.com,bob@example.com,google,cpc,Eva,New,Bob Bauer,,/p,,
L5,2024-03-03 10:00:00,cat@example.com,google,cpc,Eva,New,Cat Cohen,,/p,,,ann@example.com
"""
CROWDED_DEALS = """\
deal_id,created_at,lead_id,owner,stage,amount,currency,closed_at,lost_reason
D1,2024-03-03 09:00:00,L1,Eva,Customer,1200.00,EUR,2024-03-10 12:00:00,
D2,2024-03-04 09:00:00,L2,Max,Lost,300.00,EUR,2024-03-12 12:00:00,asked Bob to call +49 (151) 4730011
D3,+49 151 4730011,L2,Max,Lost,Ann Abel,EUR,bob@example.com,
"""
CROWDED_SETTINGS = SETTINGS.replace("{keep: 3}", "{keep: 3, parquet: true}") + "notify: {to: NOBODY_IS_SET}\n"
PEOPLE = (
    "ann@example.com", "ann%40example", "bob@example", "cat@example", "Ann Abel", "Bob Bauer", "Cat Cohen", "4730011",
)  # fmt: skip


def make_crowded_workspace(folder: Path) -> Path:
    """The workspace with people everywhere, Parquet beside the mart, and messages that nobody takes."""
    make_workspace(folder)
    (folder / "funnelmart.yml").write_text(CROWDED_SETTINGS)
    for name, text in (("leads", CROWDED_LEADS), ("deals", CROWDED_DEALS)):
        (folder / "extracts" / f"{name}.csv").write_text(text)
    return folder


def make_workspace(folder: Path) -> Path:
    """Write settings and extracts into `folder`; returns it."""
    (folder / "extracts").mkdir(parents=True)
    (folder / "funnelmart.yml").write_text(SETTINGS)
    for name, text in (("leads", LEADS), ("deals", DEALS), ("spend", SPEND)):
        (folder / "extracts" / f"{name}.csv").write_text(text)
    return folder
