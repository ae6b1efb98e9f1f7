"""`funnelmart add-source`: what people's files look like, and the block that comes out of them."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.orchestration.add_source.conftest import SETTINGS, Company, book

LEADS = """\
Lead ID,Created Time,E-mail,Lead Source,Lead Status,Favourite colour
L1,2024-03-01 09:00,ann@example.com,Google Ads,New,red
L2,2024-03-02 10:00,bob@example.com,Referral,Closed Won,
"""
SPEND = """\
Отчёт по кампаниям за март 2024;;;;
Дата;Кампания;Показы;Клики;Расход, руб.
01.03.2024;Поиск;1 000;50;1 234,50
02.03.2024;Поиск;1 200;60;980,00
Итого;;2 200;110;2 214,50
"""


def test_leads_with_english_headers(company: Company) -> None:
    done = company.add(company.write("leads.csv", LEADS))
    _, rows = company.land("leads", "lead_id, created_at, channel, stage")

    assert company.sheets == [
        {
            "entity": "leads",
            "files": "extracts/leads.csv",
            "fields": {
                "lead_id": "Lead ID",
                "created_at": "Created Time",
                "email": "E-mail",
                "stage": "Lead Status",
                "channel": "Lead Source",
            },
        }
    ]
    assert done["stages"] == {"New": "new", "Closed Won": "won"}
    assert done["added"][0]["not_used"] == ["Favourite colour"]
    assert "# not used: Favourite colour" in company.text
    assert rows == [
        ("L1", "2024-03-01 08:00:00+00", "Google Ads", "New"),  # in UTC
        ("L2", "2024-03-02 09:00:00+00", "Referral", "Closed Won"),
    ]


def test_spend_in_russian_with_a_title_commas_and_a_total_in_windows_1251(company: Company) -> None:
    done = company.add(company.write("Яндекс_Директ.csv", SPEND, encoding="cp1251"))
    block = company.sheets[0]
    result, rows = company.land("ad_spend", "date, platform, campaign_name, impressions, spend, currency")

    assert (block["entity"], block["currency"]) == ("ad_spend", "RUB")
    assert block["formats"] == {"delimiter": ";", "date": "%d.%m.%Y", "decimal": ","}
    assert "where" not in block
    assert done["added"][0]["rows_totals"] == 1
    assert rows == [
        ("2024-03-01", "yandex_direct", "Поиск", 1000, "1234.5", "RUB"),
        ("2024-03-02", "yandex_direct", "Поиск", 1200, "980", "RUB"),
    ]
    assert (result.rows_in, result.rows_totals, result.rows_refused) == (3, 1, 0)
    assert "fx_rates" in done["notes"][0]  # roubles in a report in euro


def test_a_workbook_with_two_sheets_below_titles(company: Company) -> None:
    deals: list[list[Any]] = [
        ["Sales of March"],
        [],
        ["Deal Id", "Lead Id", "Amount (EUR)", "Stage", "Close Date"],
        ["D1", "L1", 1200.5, "Closed Won", datetime(2024, 3, 10)],
    ]
    salaries: list[list[Any]] = [
        ["Month", "Cost type", "Department", "Amount"],
        [datetime(2024, 3, 1), "salaries", "sales", 3000],
    ]
    file = company.write("march.xlsx", book(Deals=deals, Costs=salaries, Notes=[]))

    company.add(file)
    _, rows = company.land("deals", "deal_id, lead_id, amount, currency, stage, closed_at")
    _, costs = company.land("marketing_costs", "month, cost_type, department, amount")

    assert [(block["entity"], block["formats"]) for block in company.sheets] == [
        ("deals", {"sheet": "Deals", "skip_rows": 2}),
        ("marketing_costs", {"sheet": "Costs"}),
    ]
    assert rows == [("D1", "L1", "1200.5", "EUR", "Closed Won", "2024-03-10")]
    assert costs == [("2024-03-01", "salaries", "sales", "3000")]


def test_json_whose_records_are_the_longest_list(company: Company) -> None:
    file = company.write(
        "sessions.json",
        '{"page": 1, "filters": [{"by": "day"}], "visits": ['
        '{"visit_id": "V1", "visit_time": "2024-03-01T09:00:00Z", "user_id": "U1", "utm_source": "google"},'
        '{"visit_id": "V2", "visit_time": "2024-03-02T09:00:00Z", "user_id": "U2"}]}',
    )

    company.add(file)
    _, rows = company.land("touches", "touch_id, touched_at, utm_source")

    assert company.sheets[0]["formats"] == {"records": "visits"}
    assert rows == [("V1", "2024-03-01 09:00:00+00", "google"), ("V2", "2024-03-02 09:00:00+00", None)]


def test_a_row_that_is_a_lead_and_its_deal_is_added_as_both(company: Company) -> None:
    company.add(
        company.write(
            "crm.csv",
            "id,created,phone,source,status,amount,closed\n"
            "1,01.03.2024,+49 151 1234567,Google,Paid,100.00,05.03.2024\n",
        )
    )
    _, leads = company.land("leads", "lead_id, created_at")
    _, deals = company.land("deals", "deal_id, lead_id, amount, closed_at")

    assert [block["entity"] for block in company.sheets] == ["leads", "deals"]
    assert leads == [("1", "2024-03-01")]
    assert deals == [("1", "1", "100", "2024-03-05")]


def test_a_deal_whose_id_is_that_of_a_lead_is_a_lead_too(company: Company) -> None:
    done = company.add(
        company.write("us.csv", "Lead ID,Created,E-mail,Amount,Stage\n1,03/14/2024 9:05 AM,a@example.com,10,Open\n")
    )

    assert [block["entity"] for block in company.sheets] == ["leads", "deals"]
    assert done["unknown_stages"] == []  # open is open


def test_several_files_at_once_and_those_that_are_alike_in_one_block(company: Company) -> None:
    for month in ("01", "02"):
        company.write(f"spend_{month}.csv", f"Day,Campaign,Clicks,Cost\n2024-{month}-01,Search,5,10.00\n")
    company.write("leads.csv", LEADS)

    company.add(str(company.folder / "extracts"))

    assert [(block["entity"], block["files"]) for block in company.sheets] == [
        ("leads", "extracts/leads.csv"),
        ("ad_spend", ["extracts/spend_01.csv", "extracts/spend_02.csv"]),
    ]


def test_a_file_outside_the_workspace_is_named_by_its_path(company: Company, tmp_path: Path) -> None:
    (tmp_path / "leads.csv").write_text(LEADS)

    company.add(str(tmp_path / "leads.csv"))

    assert company.sheets[0]["files"] == str(tmp_path / "leads.csv")
    assert company.land("leads", "lead_id")[1] == [("L1",), ("L2",)]


def test_what_is_there_already_is_not_added_again(company: Company) -> None:
    file = company.write("leads.csv", LEADS)
    company.add(file)
    before = company.content()

    again = company.add(file)

    assert again["known"] == {"extracts/leads.csv": "sources.sheets[0] reads it already as leads"}
    assert again["added"] == []
    assert company.content() == before


def test_settings_keep_what_people_wrote_to_the_letter(tmp_path: Path) -> None:
    company = Company(tmp_path / "shop", SETTINGS.replace("stages: {}   # take {} away when you write the first",
                                                          "stages: {New: contacted}   # ours")
                      .replace("sources: {}", "sources:\n  hubspot: {path: extracts}   # the CRM"))  # fmt: skip

    company.add(company.write("leads.csv", LEADS))
    lines = company.text.splitlines()

    assert lines[:4] == [*SETTINGS.splitlines()[:2], "sources:", "  hubspot: {path: extracts}   # the CRM"]
    assert lines[4:6] == ["  sheets:", "    # not used: Favourite colour"]
    assert lines[-1] == "stages: {New: contacted, Closed Won: won}   # ours"


def test_a_table_that_a_connector_folder_reads_needs_no_mapping(company: Company) -> None:
    file = company.write(
        "google/google_ads_campaign_stats.csv",
        "customer_id,date,id,_fivetran_synced,clicks,impressions,cost_micros\n"
        "1,2024-03-01,7,2024-03-02 01:00:00,5,100,1230000\n",
    )

    done = company.add(file)

    assert done["connectors"] == {"google_ads": "extracts/google"}
    assert "  google_ads: {path: extracts/google}" in company.text
    assert company.add(file)["known"] == {
        "extracts/google/google_ads_campaign_stats.csv": "sources.google_ads reads it already as campaign_stats"
    }


def test_questions_are_answered_and_a_column_is_changed(company: Company) -> None:
    file = company.write("spend.csv", "Day,Campaign,Clicks,Cost,Fees\n2024-03-01,Search,5,10.00,12.00\n")

    code, out, asked = company.call(file, answers="\nspend=Fees\n\nyes\n")

    assert code == 0, out + asked
    assert "[ad_spend]" in asked
    assert "Write it into funnelmart.yml" in asked
    assert company.sheets[0]["fields"]["spend"] == "Fees"


@pytest.mark.parametrize("answers", ["\n\nno\n", "none\n"])
def test_an_answer_of_no_writes_nothing(company: Company, answers: str) -> None:
    file = company.write("leads.csv", LEADS)
    before = company.content()

    code, _, _ = company.call(file, answers=answers)

    assert code == 0
    assert company.content() == before


def test_nobody_there_to_answer(company: Company) -> None:
    code, _, err = company.call(company.write("leads.csv", LEADS))

    assert code == 2
    assert "--yes" in err


def test_a_lead_that_is_its_deal_has_a_status_as_its_stage(company: Company) -> None:
    company.add(
        company.write(
            "deals.csv",
            "id,created,name,email,source,status,amount\n"
            "1,2024-03-01 10:00,Ann,a@example.com,google,won,500\n"
            "2,2024-03-02 11:00,Bob,b@example.com,meta,lost,\n",
        )
    )

    lead, deal = company.sheets
    assert (lead["entity"], lead["fields"]["stage"]) == ("leads", "status")  # leads have no status
    assert (deal["entity"], deal["fields"]["status"]) == ("deals", "status")
