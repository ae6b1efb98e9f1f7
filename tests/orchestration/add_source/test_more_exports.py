"""Exports in shapes that systems really write, made up here: what lands of them, added as a new user would."""

from typing import Any

import pytest

from tests.orchestration.add_source.conftest import Company

GOOGLE = """\
Kampagnenbericht
"1. Januar 2026 - 31. März 2026"
Kampagnenstatus,Kampagne,Monat,Budget,Währungscode,Klicks,Impr.,CTR,Durchschn. CPC,Kosten,Conversions
Aktiviert,Brand,Januar 2026,"10,00",EUR,"1.234","45.678","2,70 %","0,50","617,00","12,00"
Aktiviert,Brand,Februar 2026,"10,00",EUR,987,"40.001","2,47 %","0,51","503,37","9,50"
Aktiviert,Generic,März 2026,"20,00",EUR,0,0,"0,00 %"," --","0,00","0,00"
Gesamt: Kampagnen, --, --, --,EUR,"2.221","85.679","2,59 %","0,50","1.120,37","21,50"
Gesamt: Konto, --, --,"30,00",EUR,"2.221","85.679","2,59 %","0,50","1.120,37","21,50"
"""
SHOPIFY = """\
Name,Financial Status,Paid at,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Refunded Amount
#1001,paid,2026-03-01 10:00:00 +0100,EUR,105.00,2026-03-01 09:59:00 +0100,2,Lamp,30.00,0.00
#1001,,,,,2026-03-01 09:59:00 +0100,1,Desk,40.00,
#1002,partially_refunded,2026-03-05 10:00:00 +0100,EUR,200.00,2026-03-05 09:59:00 +0100,5,Lamp,42.00,80.00
#1003,voided,,EUR,50.00,2026-03-07 09:59:00 +0100,1,Desk,50.00,0.00
"""
WOO = """\
Order Number,Order Status,Order Date,Order Refund Amount,Order Total Amount,Item #,Item Name,Quantity (- Refund)
2001,completed,2026-03-01 10:00,0,104.90,1,Lamp,2
2001,completed,2026-03-01 10:00,0,104.90,2,Desk,1
2002,refunded,2026-03-05 11:00,47.60,47.60,1,Desk,1
2002,refunded,2026-03-05 11:00,47.60,47.60,2,Chair,1
"""
BITRIX = """\
ID;Название;Стадия сделки;Сумма;Валюта;Источник;Дата создания;Предполагаемая дата закрытия;Дата завершения;UTM Source
11;Сайт;Сделка успешна;150 000,00;Российский рубль;Веб-сайт;12.01.2026 10:15:00;20.01.2026;25.01.2026;yandex
12;Реклама;В работе;75 500,50;Российский рубль;Звонок;15.01.2026 11:00:00;15.02.2026;;
13;Аудит;Анализ причины провала;10 000,00;Российский рубль;Звонок;21.01.2026 09:30:00;28.02.2026;03.02.2026;
"""
TRACKER = """\
Kategorie;Anbieter;Jan 26;Feb 26;Mrz 26;Summe
Agentur;Acme;1.000,00 €;1.000,00 €;1.200,00 €;3.200,00 €
Messe;Fair;;5.000,00 €;;5.000,00 €
Summe;;1.000,00 €;6.000,00 €;1.200,00 €;8.200,00 €
"""
GOOGLE_SHORT = """\
Campaign report
"March 1, 2026 - March 2, 2026"
Day,Campaign,Device,Currency code,Cost,Clicks,Impr.
2026-03-01,Brand,Computers,EUR,"1,000.50",10,100
2026-03-02,Brand,Mobile phones,EUR,5.50,10,100
Total: Campaigns, --, --,EUR,"1,006.00",20,200
Total: Account, --, --,EUR,"1,006.00",20,200
Total: Search campaigns, --, --,EUR,"1,006.00",20,200
"""
TIKTOK = """\
Campaign name,Campaign ID,Cost,Impressions,Clicks (Destination),By Day,Currency
Spring,1790123456789012,12.50,2500,50,2026-03-01,EUR
Spring,1790123456789012,10.00,2000,40,2026-03-02,EUR
Total of 2 results,-,22.50,4500,90,-,-
"""
FORM = """\
#,What is your name?,What's your email?,Phone number,Referrer,Page URL,Submit Date (UTC)
ab12,Ann Example,ann@x.com,+49 151 1234567,https://www.google.com/,https://x.de/?utm_source=google,2026-03-01 10:02:11
cd34,Bob Example,bob@x.com,+49 151 7654321,https://x.de/?utm_source=bing&msclkid=9,https://x.de/form,2026-03-02 10:05:00
"""
LINKEDIN = """\
Lead ID,Lead Created At,Campaign Name,Email Address,First Name,Last Name,Test Lead
1,3/14/2026 10:00:00 AM,Brand,a@x.com,Ann,Example,false
2,3/15/2026 10:00:00 AM,Brand,b@x.com,Bob,Example,true
"""


@pytest.mark.parametrize(
    ("name", "content", "landed"),
    [
        ("Kampagnenbericht.csv", GOOGLE, (
            ("ad_spend", "count(*), sum(spend), sum(clicks), sum(impressions), min(start_date), max(end_date)",
             (3, "1120.37", 2221, 85679, "2026-01-01", "2026-03-31")),)),
        # more totals than days
        ("Campaign report.csv", GOOGLE_SHORT, (
            ("ad_spend", "count(*), sum(spend), min(date), max(date), count(start_date)",
             (2, "1006", "2026-03-01", "2026-03-02", 0)),)),
        ("orders_export.csv", SHOPIFY, (
            ("deals", "count(*), sum(amount)", (3, "355")),
            ("deal_lines", "count(*), sum(units)", (4, "9")),
            ("refunds", "count(*), sum(amount), bool_and(refunded_at_is_estimated)", (1, "80", True)))),
        ("orders.csv", WOO, (
            ("deals", "count(distinct deal_id), count(product), max(amount)", (2, 0, "104.9")),
            # each line of the order repeats what was given back for it
            ("refunds", "count(distinct refund_id), max(amount)", (1, "47.6")))),
        ("deals.csv", BITRIX, (
            ("deals", "count(*), sum(amount), max(closed_at), min(currency)", (3, "235500.5", "2026-02-03", "RUB")),)),
        ("costs.csv", TRACKER, (
            ("marketing_costs", "count(*), sum(amount), min(start_date), max(end_date)",
             (4, "8200", "2026-01-01", "2026-03-31")),)),
        ("TikTok.csv", TIKTOK, (("ad_spend", "count(*), sum(spend), max(date)", (2, "22.5", "2026-03-02")),)),
        ("Lead_Gen_Forms.csv", LINKEDIN, (("leads", "count(*), min(lead_id)", (1, "1")),)),
        ("responses.csv", FORM, (
            ("leads", "count(*), count(email_hash), count(full_name_hash), min(created_at)",
             (2, 2, 2, "2026-03-01 10:02:11+00")),
            # the page of the first lead is read by the models; that of the second says nothing, but its referrer does
            ("leads", "string_agg(utm_source), string_agg(click_id_type)", ("bing", "msclkid")))),
    ],
    ids=["google_de", "google_short", "shopify", "woocommerce", "bitrix", "tracker", "tiktok", "linkedin", "form"],
)  # fmt: skip
def test_it_lands_right(
    company: Company, name: str, content: str, landed: tuple[tuple[str, str, tuple[Any, ...]], ...]
) -> None:
    company.add(company.write(name, content))

    assert [company.figures(entity, expressions) for entity, expressions, _ in landed] == [
        expected for _, _, expected in landed
    ]


def test_stages_of_bitrix_and_what_a_deal_and_its_lead_share(company: Company) -> None:
    """A column that the deal of the row uses is not called unused beside its lead."""
    done = company.add(company.write("deals.csv", BITRIX))

    assert done["stages"] == {"Сделка успешна": "won", "В работе": "contacted", "Анализ причины провала": "lost"}
    assert [one["not_used"] for one in done["added"]] == [["Название", "Предполагаемая дата закрытия"]] * 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leads.csv", "lead_id,created_at,email\n1,1773396300000,a@x.com\n2,,b@x.com\n3,1773482700500,c@x.com\n"),
        ("leads.jsonl", '{"lead_id":1,"created_at":1773396300,"email":"a@x.com"}\n{"lead_id":2,"email":"b@x.com"}\n'
                        '{"lead_id":3,"created_at":1773482700,"email":"c@x.com"}\n'),
    ],
    ids=["milliseconds", "seconds"],
)  # fmt: skip
def test_times_counted_from_1970(company: Company, name: str, content: str) -> None:
    company.add(company.write(name, content), "--yes")
    _, rows = company.land("leads", "strftime(created_at, '%Y-%m-%d %H:%M:%S')")
    assert rows == [("2026-03-13 10:05:00",), (None,), ("2026-03-14 10:05:00",)]


def test_times_with_the_narrow_blank_of_browsers(company: Company) -> None:
    rows = '1,"Mar 13, 2026, 10:05\u202fPM",a@x.com\n2,"Apr 14, 2026,\u00a09:05\u202fAM",b@x.com\n'
    company.add(company.write("leads.csv", f"Lead ID,Created at,Email\n{rows}"), "--yes")
    assert company.figures("leads", "list(created_at::varchar order by lead_id)") == (
        ["2026-03-13 21:05:00", "2026-04-14 07:05:00"],
    )
