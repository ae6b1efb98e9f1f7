"""Which row is which record, and what stands in a file besides its records."""

from datetime import datetime

import pytest

from tests.orchestration.add_source.conftest import SETTINGS, Company, book


def test_an_id_that_never_repeats_beats_one_that_does(company: Company) -> None:
    rows = "ch_2,in_1,Paid,90.00,2024-03-03\nch_1,in_1,Failed,90.00,2024-03-01\n"

    company.add(company.write("payments.csv", f"id,Invoice ID,Status,Amount,Paid at\n{rows}"))

    assert company.sheets[0]["fields"]["deal_id"] == "id"


def test_an_id_that_a_spreadsheet_broke_is_none(company: Company) -> None:
    rows = "2026-03-01,1.20244E+17,Prospecting,100.00\n2026-03-01,1.20244E+17,Retargeting,50.00\n"

    done = company.add(company.write("spend.csv", f"Day,Campaign ID,Campaign name,Cost\n{rows}"))

    assert company.sheets[0]["fields"]["campaign_id"] == ""  # else landing fills it by its name
    assert company.figures("ad_spend", "count(*), count(campaign_id)") == (2, 0)
    assert any("a spreadsheet broke its long numbers ('1.20244E+17')" in note for note in done["added"][0]["notes"])


def test_the_name_of_a_person_in_two_columns(company: Company) -> None:
    company.add(
        company.write("leads.csv", "Lead ID,Created,Имя,Фамилия,E-mail\n1,2024-03-01,Анна,Абель,a@example.com\n")
    )

    assert company.land("leads", "first_name, last_name")[1] == [("Анна", "Абель")]


def test_an_address_of_several_people_is_noted(company: Company) -> None:
    rows = "".join(
        f"{n},2024-03-0{n},{name},Info@corp.example\n" for n, name in enumerate(("Ann A", "Bo B", "Cy C"), 1)
    )
    file = company.write("leads.csv", f"Lead ID,Created,Full name,E-mail\n{rows}")

    notes = " ".join(company.add(file)["added"][0]["notes"])

    assert "1 values of E-mail are shared by several people" in notes
    assert "corp.example" not in notes


def test_the_sale_does_not_vanish_behind_its_reversal(company: Company) -> None:
    rows = "5001,2026-03-01,250.00,Completed\n5001,2026-03-20,-250.00,Refunded\n5003,2026-03-22,(75.50),Refunded\n"
    file = company.write("orders.csv", f"Order ID,Order Date,Order Total,Status\n{rows}")

    assert "stands more than once with amounts of both signs" in company.refused(file)["message"]
    company.add(file, "--accept-doubts")

    assert company.sheets[0]["key"] == "row"
    assert [float(row[0]) for row in company.land("deals", "amount")[1]] == [250.0, -250.0, -75.5]


def test_a_refunded_amount_beside_an_order_is_a_refund(company: Company) -> None:
    header = "Order ID,Paid at,Total,Status,Currency,Refunded Amount,Refunded date (UTC)"
    rows = "1,2024-03-01,100.00,Paid,EUR,30.00,2024-04-01 23:30:00\n2,2024-03-02,50.00,Paid,EUR,0.00,\n"

    done = company.add(company.write("orders.csv", f"{header}\n{rows}"))

    found = company.land("refunds", "deal_id, cast(amount as decimal(9, 2)), cast(refunded_at as varchar)")[1]
    assert [(row[0], float(row[1]), row[2][:16]) for row in found] == [("1", 30.0, "2024-04-01 23:30")]
    assert [block["entity"] for block in company.sheets] == ["deals", "refunds"]
    assert [note for note in done["added"][0]["notes"] if note.startswith("not used")] == []


def test_orders_that_are_called_refunded_without_an_amount_are_a_doubt(company: Company) -> None:
    file = company.write("orders.csv", "Order ID,Paid at,Total,Status\n1,2024-03-01,100.00,Refunded\n")

    assert "no column says how much was given back" in company.refused(file)["message"]


def test_further_lines_of_an_order_are_its_lines(company: Company) -> None:
    header = "Name,Email,Financial Status,Paid at,Total,Lineitem quantity,Lineitem name,Lineitem price"
    rows = "#1,a@example.com,paid,2024-03-01,30.00,1,Soap,10.00\n#1,,,,,2,Oil,10.00\n#2,b@example.com,paid,2024-03-02,5.00,1,Soap,5.00\n"  # noqa: E501

    company.add(company.write("orders_export.csv", f"{header}\n{rows}"))

    orders, lines = company.land("deals", "deal_id"), company.land("deal_lines", "deal_id, product")
    assert [block["entity"] for block in company.sheets] == ["deals", "deal_lines"]
    assert (orders[1], orders[0].rows_filtered) == ([("#1",), ("#2",)], 1)
    assert lines[1] == [("#1", "Soap"), ("#1", "Oil"), ("#2", "Soap")]


def test_the_same_days_in_two_files_are_a_doubt_with_the_money_that_would_count_twice(company: Company) -> None:
    first = company.write("google.csv", "Day,Campaign,Cost\n2026-06-01,Brand,100.00\n2026-06-02,Brand,120.00\n")
    again = company.write("google (1).csv", "Day,Campaign,Cost\n2026-06-02,Brand,120.00\n2026-06-03,Brand,80.00\n")

    message = company.refused(first, again)["message"]

    assert "have 1 days of the same campaigns in common: spend of 120" in message


def test_a_file_that_repeats_one_that_is_there_already(company: Company) -> None:
    rows = "Deal ID,Stage,Amount,Closed\n1,Won,10.00,2024-03-01\n2,Won,20.00,2024-03-02\n"
    company.add(company.write("deals.csv", rows))

    message = company.refused(company.write("deals (1).csv", rows))["message"]

    assert "have 2 ids in common: amount of 30" in message


def test_ids_that_lost_their_noughts_are_a_doubt(company: Company) -> None:
    leads = company.write("leads.csv", "Lead Number,Created,Email\n000123,2026-03-01,a@example.com\n")
    deals = company.write("deals.csv", "Deal ID,Lead Number,Stage,Amount,Closed\n9001,123,Won,100.00,2026-03-20\n")

    assert "Lead Number lost its noughts in front" in company.refused(leads, deals)["message"]


@pytest.mark.parametrize(
    ("last", "kept"),
    [("Total: Campaigns,,30.00", 2), ("Итого,,30.00", 2), (",,30.00", 2), ('"©2026 Acme. All rights reserved.",,', 2)],
)
def test_lines_that_are_no_rows_are_left_out(company: Company, last: str, kept: int) -> None:
    rows = f"2026-03-01,A,10.00\n2026-03-02,B,20.00\n{last}\n"

    done = company.add(company.write("spend.csv", f"Day,Campaign,Cost\n{rows}"))

    assert (done["added"][0]["rows_read"], done["added"][0]["rows_refused"]) == (kept, 0)


def test_a_line_without_a_name_that_adds_up_nothing_is_a_doubt(company: Company) -> None:
    file = company.write("spend.csv", "Day,Campaign,Cost\n2026-03-01,A,10.00\n2026-03-02,B,20.00\n2026-03-03,,7.00\n")

    assert "a line without Campaign holds Cost 7.00; the others' sum is 30.00" in company.refused(file)["message"]


@pytest.mark.parametrize(("whole", "says"), [("30.00", None), ("25.00", "rows with 'All' in Age hold Cost 25")])
def test_a_row_for_all_beside_the_parts_of_a_breakdown(company: Company, whole: str, says: str | None) -> None:
    rows = f"A,18-24,2026-03-01,10.00\nA,25-34,2026-03-01,20.00\nA,All,2026-03-01,{whole}\n"
    file = company.write("meta.csv", f"Campaign,Age,Day,Cost\n{rows}")

    if says:
        assert says in company.refused(file)["message"]
    else:
        assert company.add(file)["added"][0]["rows_read"] == 2


def test_a_week_is_spread_and_months_as_columns_are_unfolded(company: Company) -> None:
    weeks = "Week,Campaign,Cost\n2026-01-05,Brand,700.00\n2026-01-12,Brand,70.00\n"
    months = "Channel,Jan 2026,Feb 2026,Total\nGoogle Ads,10.00,20.00,30.00\nTotal,10.00,20.00,30.00\n"

    company.add(company.write("weeks.csv", weeks), company.write("tracker.csv", months))

    found = company.land("ad_spend", "channel, cast(start_date as varchar), cast(end_date as varchar), spend")[1]
    assert [(row[0], row[1], row[2], float(row[3])) for row in found] == [
        ("Google Ads", "2026-01-01", "2026-01-31", 10.0),
        ("Google Ads", "2026-02-01", "2026-02-28", 20.0),
        (None, "2026-01-05", "2026-01-11", 700.0),
        (None, "2026-01-12", "2026-01-18", 70.0),
    ]


def test_first_days_of_months_in_the_header_of_a_workbook_are_months(company: Company) -> None:
    rows = [["Kanal", datetime(2026, 1, 1), datetime(2026, 2, 1), "Gesamt"], ["Google Ads", 1000, 1100, 2100],
            ["Meta", 500, None, 500], ["Gesamt", 1500, 1100, 2600]]  # fmt: skip

    company.add(company.write("Marketing.xlsx", book(Kosten=rows)))

    assert company.figures("ad_spend", "count(*), sum(spend), min(start_date), max(end_date)") == (
        3, "2600", "2026-01-01", "2026-02-28",
    )  # fmt: skip


def test_the_period_of_a_title_dates_a_file_without_days(company: Company) -> None:
    company.add(company.write("report.csv", '"July 8, 2025 - July 31, 2025"\nCampaign,Clicks,Cost\nA,5,10.00\n'))

    assert company.sheets[0]["constants"] == {"start_date": "2025-07-08", "end_date": "2025-07-31"}


@pytest.mark.parametrize(
    "header",
    [
        "Tag;Kampagne;Impressionen;Klicks;Kosten;Währungscode",
        "Día;Campaña;Impresiones;Clics;Coste;Código de moneda",
        "Dia;Campanha;Impressões;Cliques;Custo;Código da moeda",
        "Jour;Campagne;Impressions;Clics;Coût;Code de devise",
        "Tag;Kampagnenname;Impressionen;Link-Klicks;Ausgegebener Betrag (EUR);Währung",
        "Día;Nombre de la campaña;Impresiones;Clics en el enlace;Importe gastado (EUR);Moneda",
        "Dia;Nome da campanha;Impressões;Cliques no link;Valor usado (EUR);Moeda",
        "Jour;Nom de la campagne;Impressions;Clics sur un lien;Montant dépensé (EUR);Devise",
        "Startdatum (in UTC);Kampagnenname;Impressions;Klicks;Gesamtausgaben;Währung",
    ],
)
def test_headers_of_ad_platforms_in_other_languages(company: Company, header: str) -> None:
    company.add(company.write("report.csv", f"{header}\n2026-03-01;Suche;100;5;12.50;EUR\n"))

    assert list(company.sheets[0]["fields"]) == [
        "campaign_name", "date", "impressions", "clicks", "spend", "currency",
    ]  # fmt: skip


def test_headers_without_blanks_between_their_words(company: Company) -> None:
    company.add(company.write("deals.csv", "hs_object_id,dealstage,closedate,createdate,amount\n"
                                           "7,closedwon,2024-03-02,2024-03-01,10.00\n"))  # fmt: skip

    assert company.sheets[0]["fields"] == {
        "deal_id": "hs_object_id", "created_at": "createdate", "stage": "dealstage", "amount": "amount",
        "closed_at": "closedate",
    }  # fmt: skip


def test_who_buys_is_doubted_until_the_settings_say_who_may_be_shown(company: Company) -> None:
    file = company.write(
        "orders.csv",
        "Order ID,Order Date,Customer,Total,Status\n"
        "1,2026-03-01,John Made-Up,100.00,Paid\n2,2026-03-02,Jane Invented,200.00,Paid\n",
    )
    code, out, _ = company.call(file, "--yes")
    assert code == 0
    assert "Customer holds names" in out
    assert "Jane" not in out
    told = SETTINGS + "customers: {id: person}\n"
    (company.folder / "funnelmart.yml").write_text(told, encoding="utf-8")
    assert "Customer holds names" not in company.call(file, "--yes")[1]
