"""Files as strangers have them, whose headers or shape say less than usual: read right, or doubted aloud."""

import pytest

from tests.orchestration.add_source.conftest import Company, book


def test_days_under_an_unknown_name_are_not_spread_silently(company: Company) -> None:
    title = 'Aruanne\n"2026-03-01 - 2026-03-03"\n'
    content = "Päev,Valuuta,Impr.,Clicks,Cost\n2026-03-01,SEK,1250,40,12.50\n2026-03-02,SEK,9,4,1\n"
    said = company.refused(company.write("report.csv", title + content))
    assert "Päev holds days of the title's period" in said["message"]


def test_codes_of_currencies_under_an_unknown_name(company: Company) -> None:
    content = "Date,Campaign,Airgeadra,Clicks,Cost\n2026-03-01,A,SEK,40,12.50\n2026-03-02,A,NOK,4,1\n"
    path = company.write("report.csv", content)
    said = company.refused(path, "--yes")
    assert "Airgeadra is taken for the currency of the amounts since it holds codes of currencies only" in str(said)
    company.add(path, "--accept-doubts")
    assert company.figures("ad_spend", "min(currency), max(currency)") == ("NOK", "SEK")


def test_codes_of_currencies_under_a_word_for_them(company: Company) -> None:
    content = "Date,Campaign,Valuuta,Clicks,Cost\n2026-03-01,A,SEK,40,12.50\n2026-03-02,A,NOK,4,1\n"
    company.add(company.write("report.csv", content))
    assert company.figures("ad_spend", "min(currency), max(currency)") == ("NOK", "SEK")


@pytest.mark.parametrize("names", [("Bob", "Ron"), ("cad", "sek"), ("AMD", "BOB")])
def test_names_are_no_currencies(company: Company, names: tuple[str, str]) -> None:
    one, other = names
    rows = f"1,2026-03-01,100,{one},Won\n2,2026-03-13,200,{other},Won\n"
    company.add(company.write("deals.csv", f"Deal ID,Close date,Amount,Sold through,Stage\n{rows}"))
    assert company.figures("deals", "sum(amount), min(currency)") == ("300", None)


def test_codes_that_may_be_products_are_doubted(company: Company) -> None:
    rows = "1,2026-03-01,100,CAD,Won\n2,2026-03-13,200,AMD,Won\n3,2026-03-14,50,SEK,Won\n"
    said = company.refused(company.write("deals.csv", f"Deal ID,Close date,Amount,Line,Stage\n{rows}"), "--yes")
    assert "Line is taken for the currency of the amounts since" in str(said)


def test_all_days_of_a_campaign_are_no_day(company: Company) -> None:
    content = (
        "Campaign name,Day,Amount spent (EUR),Impressions\nSpring,All,26.00,2600\n"
        "Spring,2026-03-01,12.50,1250\nSpring,2026-03-02,13.50,1350\n"
    )
    company.add(company.write("export.csv", content))
    assert company.figures("ad_spend", "count(*), sum(spend), max(date)") == (2, "26", "2026-03-02")


def test_a_name_only_in_the_first_row_of_its_group(company: Company) -> None:
    content = (
        "Campaign name,Day,Amount spent (EUR),Impressions\nSpring,2026-03-01,12.50,1250\n,2026-03-02,13.50,1350\n"
        ",2026-03-03,3.50,350\nSummer,2026-03-01,1.50,150\n,2026-03-02,2.50,250\n"
    )
    said = company.refused(company.write("export.csv", content))
    assert (
        "3 rows have no Campaign name (Amount spent (EUR) 19.50); they may belong to the row above" in said["message"]
    )


def test_amounts_in_hundredths_beside_the_same_in_words(company: Company) -> None:
    content = (
        "id,value,value_formatted,currency,status,date_won\n"
        'o1,125050,"€1,250.50",EUR,Won,2026-03-15\no2,90000,€900.00,EUR,Lost,\n'
    )
    said = company.refused(company.write("opportunities.csv", content))
    assert "value (125050) is in hundredths of what value_formatted says (€1,250.50)" in said["message"]


def test_amounts_that_are_none_beside_money_with_cents(company: Company) -> None:
    rows = "1,100,€1.00,Won,2026-03-15\n2,-,,Lost,\n3,n/a,€5.00,Lost,\n4,300,free,Won,2026-03-16\n"
    company.add(company.write("deals.csv", f"Deal ID,Amount,Shown,Stage,Close date\n{rows}"))
    assert company.figures("deals", "count(*), sum(amount)") == (4, "400")


def test_one_amount_with_cents_among_many_whole_ones(company: Company) -> None:
    rows = "".join(f"{n},{n * 100},€{n}.50,Won,2026-03-15\n" for n in range(1, 900))
    rows += "900,12.50,€12.50,Won,2026-03-16\n"
    company.add(company.write("deals.csv", f"Deal ID,Amount,Shown,Stage,Close date\n{rows}"), "--accept-doubts")
    assert company.figures("deals", "count(*), min(amount)") == (900, "12.5")


@pytest.mark.parametrize("header", ["Created,Phone,Name,Source", "Created,Kontaktweg,Name,Source"])
def test_a_day_and_a_telephone_are_no_sums(company: Company, header: str) -> None:
    rows = "02.03.2026,+49 170 1234567,,\n13.03.2026,+49 170 1234568,Ann,Google\n"
    company.add(company.write("leads.csv", f"{header}\n{rows}"), "--yes", "--entity", "leads")
    assert company.figures("leads", "count(*), min(created_at)") == (2, "2026-03-02")


def test_leads_of_which_few_deals_know(company: Company) -> None:
    rows = "L1,D1,100,Won,2026-03-01\n,D2,200,Won,2026-03-02\nL2,D3,300,Won,2026-03-03\n,D4,400,Won,2026-03-13\n"
    company.add(company.write("deals.csv", f"Lead ID,Deal ID,Amount,Stage,Close date\n{rows}"), "--yes")
    assert company.figures("deals", "count(*), count(lead_id)") == (4, 2)


def test_sums_below_groups_of_a_board(company: Company) -> None:
    rows = [
        ["Name", "Owner", "Stage", "Deal Value", "Close Date"],
        ["Acme", "Sam", "Proposal", 1250.5, "2026-05-01"],
        ["Beta", "Sue", "Won", 900, "2026-06-01"],
        [None, None, None, 2150.5],
        ["Gamma", "Sam", "Won", 5000, "2026-03-01"],
        [None, None, None, 5000],
    ]
    said = company.refused(company.write("Sales pipeline.xlsx", book(Pipeline=rows)))
    assert "2 lines hold nothing but numbers, such as 2150.5" in said["message"]


def test_a_currency_behind_the_name_of_an_amount(company: Company) -> None:
    content = "Order ID;Order date;Total CHF;Status\n1;01.03.2026;1’250.50;paid\n2;13.03.2026;12’000.–;paid\n"
    company.add(company.write("orders.csv", content))
    assert company.figures("deals", "sum(amount), min(currency)") == ("13250.5", "CHF")


def test_sheets_that_are_months(company: Company) -> None:
    sheets = {month: [["Campaign", "Cost", "Clicks"], ["A", 31, 3], ["B", 28, 2]] for month in ("Jan 2026", "Feb 2026")}
    company.add(company.write("spend.xlsx", book(**sheets)))
    assert company.figures("ad_spend", "sum(spend), min(start_date), max(end_date)") == (
        "118", "2026-01-01", "2026-02-28",
    )  # fmt: skip


def test_japanese_text_of_windows(company: Company) -> None:
    content = '日付,キャンペーン,費用（円）,クリック数\n2026年3月1日,春,"1,500",40\n2026年3月13日,春,"12,500",41\n'
    company.add(company.write("spend.csv", content, "cp932"))
    assert company.figures("ad_spend", "sum(spend), min(currency), max(date)") == ("14000", "JPY", "2026-03-13")


@pytest.mark.parametrize("name", ["10:15am", "10:15 am"])
def test_hours_of_twelve(company: Company, name: str) -> None:
    content = f"Lead ID,Created,Email\n1,2/1/2026 {name},a@x.com\n2,2/13/2026 11:15pm,b@x.com\n".replace(
        "11:15pm", "11:15 pm" if " " in name else "11:15pm"
    )
    company.add(company.write("leads.csv", content))
    assert company.figures("leads", "min(created_at), max(created_at)") == (
        "2026-02-01 09:15:00+00", "2026-02-13 22:15:00+00",
    )  # fmt: skip


@pytest.mark.parametrize(
    "days",
    [
        ("Mon, Mar 2, 2026 9:05 AM", "Fri, Mar 13, 2026 2:15 PM"),
        ("Monday, 2 March 2026 09:05", "Friday, 13 March 2026 14:15"),
        ("Mo., 02.03.2026 09:05", "Fr., 13.03.2026 14:15"),
        ("lun. 2 mars 2026 09:05", "ven. 13 mars 2026 14:15"),
        ("пн, 2 марта 2026 09:05", "пт, 13 марта 2026 14:15"),
        ("Mar 2, 2026 at 9:05 AM", "Mar 13, 2026 at 2:15 PM"),
        ("02.03.2026, 09:05 Uhr", "13.03.2026, 14:15 Uhr"),
        ("02.03.2026 09.05", "13.03.2026 14.15"),
    ],
)
def test_times_in_words(company: Company, days: tuple[str, str]) -> None:
    rows = "".join(f"{number};{day};a{number}@x.com\n" for number, day in enumerate(days))
    company.add(company.write("leads.csv", f"Lead ID;Created;Email\n{rows}"))
    assert company.figures("leads", "min(created_at), max(created_at)") == (
        "2026-03-02 08:05:00+00", "2026-03-13 13:15:00+00",
    )  # fmt: skip


def test_events_of_a_calendar(company: Company) -> None:
    """Days in ISO with hours of twelve; the host's address is not that of the guest."""
    content = (
        "User Email,Invitee Name,Invitee Email,Start Date & Time,Event Created Date & Time,UTM Source,UTM Medium\n"
        "sam@blue.example,Ann Example,ann@x.com,2026-03-10 10:00 am,2026-03-01 09:05 am,google,cpc\n"
        "sam@blue.example,Bob Example,bob@x.com,2026-03-11 02:00 pm,2026-03-02 08:15 pm,,\n"
    )
    company.add(company.write("events-export.csv", content))
    assert company.figures("leads", "count(distinct email_hash), max(created_at)") == (2, "2026-03-02 19:15:00+00")


def test_a_currency_that_only_the_title_names(company: Company) -> None:
    content = "Account,Blue,,\nCurrency,USD,,\nDate,Campaign,Clicks,Spend\n2026-03-01,A,40,12.50\n2026-03-02,A,41,1\n"
    company.add(company.write("report.csv", content))
    assert company.figures("ad_spend", "min(currency), sum(spend)") == ("USD", "13.5")


@pytest.mark.parametrize("title", ["Marketing spend (in thousands)", "Angaben in TEUR", "Расходы, тыс. руб."])
def test_thousands_that_only_the_title_names(company: Company, title: str) -> None:
    content = f"{title}\nDate,Campaign,Clicks,Spend\n2026-03-01,A,40,12.50\n2026-03-02,A,41,1\n"
    said = company.refused(company.write("report.csv", content))
    assert "amounts may be in thousands or millions" in said["message"]


def test_a_sheet_that_adds_up_the_others(company: Company) -> None:
    header = ["Date", "Campaign", "Spend", "Clicks"]
    sheets = {
        "Overview": [["Month", "Channel", "Spend"], ["Jan 2026", "Google", 150.5], ["Jan 2026", "Meta", 60]],
        "Google": [header, ["2026-01-01", "Brand", 100.5, 10], ["2026-01-02", "Generic", 50, 5]],
        "Meta": [header, ["2026-01-01", "Brand", 60, 10]],
    }
    said = company.refused(company.write("media.xlsx", book(**sheets)))
    assert "sheet 'Overview' of extracts/media.xlsx holds spend of 210.5, as much as its 2 other" in said["message"]


def test_days_that_are_moments_of_another_zone(company: Company) -> None:
    rows = "".join(f"2026-03-0{day}T23:00:00.000Z,A,40,12.50\n" for day in (1, 2, 3))
    said = company.refused(company.write("report.csv", f"Date,Campaign,Clicks,Cost\n{rows}"))
    assert "Date holds moments with a zone, such as 2026-03-01T23:00:00.000Z" in said["message"]


def test_rows_without_a_month_are_not_called_read(company: Company) -> None:
    content = "Month,Campaign,Clicks,Cost\nJan 2026,A,40,10\n,B,41,20\nFeb 2026,A,40,11\n,B,41,21\n"
    said = company.add(company.write("report.csv", content))["added"][0]
    assert (said["rows_read"], said["rows_refused"]) == (2, 2)
    assert "start_date, end_date: empty" in str(said["reasons"])


def test_numbers_before_stages(company: Company) -> None:
    content = "Deal ID,Stage,Amount,Close date\n1,5. Won,100,2026-03-10\n2,6 - Lost,200,2026-03-11\n"
    said = company.add(company.write("deals.csv", content))
    assert said["stages"] == {"5. Won": "won", "6 - Lost": "lost"}


def test_orders_that_nobody_paid_are_not_won(company: Company) -> None:
    company.add(company.write("orders.csv", "Order,Date,Total,Paid\n1,2026-03-01,90,yes\n2,2026-03-02,200,no\n"))
    assert company.figures("deals", "sum(amount) filter (where status = 'won')") == ("90",)


@pytest.mark.parametrize("name", ["Campaign start date", "Start date"])
def test_when_a_campaign_began_is_no_day_of_its_money(company: Company, name: str) -> None:
    content = (
        'Campaign report\n"March 1, 2026 - March 31, 2026"\n'
        f"Campaign,{name},Currency code,Cost,Clicks\nA,2026-03-02,EUR,100,10\nB,2026-03-05,EUR,200,20\n"
    )
    said = company.refused(company.write("Campaign report.csv", content))
    assert f"{name} may be when a campaign began" in said["message"]


def test_spend_without_a_campaign_beside_its_channel(company: Company) -> None:
    rows = "2026-03-01,google,A,100,10\n2026-03-01,google,,5,1\n2026-03-02,google,A,9,10\n2026-03-02,google,,6,1\n"
    company.add(company.write("spend.csv", f"Date,Source,Campaign,Cost,Clicks\n{rows}"))
    assert company.figures("ad_spend", "sum(spend)") == ("120",)


def test_a_day_that_may_be_the_closing_one_is_pointed_out(company: Company) -> None:
    content = "Deal ID,Created,Stage,Value,Päev\n1,2026-03-01,Won,10,2026-03-10\n2,2026-03-02,Lost,20,2026-03-11\n"
    said = company.add(company.write("deals.csv", content))["added"][0]
    assert "no column says when deals closed" in str(said["doubts"])


@pytest.mark.parametrize("codes", ["ALL USD", "TOP TRY"])
def test_words_that_are_codes_of_currencies_too(company: Company, codes: str) -> None:
    one, other = codes.split()
    content = f"Deal ID,Amount,Market,Stage,Close date\n1,100,{one},Won,2026-03-10\n2,200,{other},Won,2026-03-11\n"
    company.add(company.write("deals.csv", content))
    assert company.figures("deals", "sum(amount), min(currency)") == ("300", None)


def test_leads_with_an_id_and_a_name_are_no_touches(company: Company) -> None:
    content = (
        "ID,Name,Email,Date,Source\n20260101,May,a@x.com,2026-03-01,Google\n20260102,Mars,b@x.com,2026-03-13,Meta\n"
    )
    company.add(company.write("leads.csv", content))
    assert company.figures("leads", "count(*), min(lead_id), min(created_at)") == (2, "20260101", "2026-03-01")


def test_a_russian_order_has_its_number_and_its_total(company: Company) -> None:
    content = (
        "№;Номер заказа;Дата;Сумма;Скидка;Итого;Статус\n1;A1;01.03.2026;100;10;90;Оплачен\n"
        "2;A2;13.03.2026;200;0;200;Оплачен\n"
    )
    path = company.write("заказы.csv", content)
    assert (
        "amount may be 'Сумма' or 'Итого': both fit, and they differ (100 and 90)" in company.refused(path)["message"]
    )
    company.add(path, "--accept-doubts")
    assert company.figures("deals", "min(deal_id)") == ("A1",)


@pytest.mark.parametrize(("header", "unit"), [("Unit", "USD cents"), ("Currency", "USD cents"), ("Unit", "micros")])
def test_hundredths_that_another_column_says(company: Company, header: str, unit: str) -> None:
    rows = f"ch_1,2026-03-01,125050,{unit},Paid\nch_2,2026-03-13,90000,{unit},Paid\n"
    said = company.refused(company.write("charges.csv", f"Charge ID,Created,Amount,{header},Status\n{rows}"))
    assert f"{header} says '{unit}': amounts are in other units" in said["message"]


def test_rounded_numbers_among_whole_ones(company: Company) -> None:
    rows = "2026-03-01,A,900,40,150\n2026-03-02,A,340,41,2.5K\n2026-03-03,A,340,41,25\n"
    said = company.refused(company.write("spend.csv", f"Date,Campaign,Impressions,Clicks,Cost\n{rows}"))
    assert "Cost holds rounded numbers such as '2.5K'" in said["message"]


def test_orders_of_no_day(company: Company) -> None:
    said = company.refused(company.write("orders.csv", "Order number,Amount,Status\n20260101,100,Paid\n2,200,Paid\n"))
    assert "those won or lost are in no period" in said["message"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deals.csv", "Owner,Deal ID,Stage,Amount,Close date\nSam,1,Won,100,2026-03-01\n,2,Won,200,2026-03-13\n"
                      ",3,Lost,50,2026-03-14\nSue,4,Won,100,2026-03-01\n,5,Won,200,2026-03-13\n"),
        ("spend.csv", "Channel,Campaign,Day,Impressions,Cost\nGoogle,A,2026-03-01,100,10\n,B,2026-03-01,100,11\n"
                      ",C,2026-03-01,100,12\nMeta,A,2026-03-01,100,10\n,B,2026-03-01,100,11\n"),
        ("leads.csv", "Source,Lead ID,Created,Email\nGoogle,1,2026-03-01,a@x.com\n,2,2026-03-13,b@x.com\n"
                      ",3,2026-03-14,c@x.com\nMeta,4,2026-03-01,d@x.com\n,5,2026-03-14,e@x.com\n"),
    ],
)  # fmt: skip
def test_owners_channels_and_origins_only_in_the_first_row(company: Company, name: str, content: str) -> None:
    said = company.refused(company.write(name, content))
    assert f"3 rows have no {content.split(',')[0]}, and those that have one never repeat it" in said["message"]


def test_campaigns_that_few_leads_have(company: Company) -> None:
    rows = "1,2026-03-01,a@x.com,Spring\n2,2026-03-13,b@x.com,\n3,2026-03-14,c@x.com,\n4,2026-03-15,d@x.com,Summer\n"
    company.add(company.write("leads.csv", f"Lead ID,Created,Email,Campaign\n{rows}"))
    assert company.figures("leads", "count(*), count(campaign_name)") == (4, 2)


def test_names_of_groups_in_place_of_ids(company: Company) -> None:
    rows = "North,,,,\n1,Sam,Won,100,2026-03-01\n2,Sue,Won,100,2026-03-13\nSouth,,,,\n3,Sam,Lost,10,2026-03-13\n"
    said = company.refused(company.write("deals.csv", f"Deal ID,Owner,Stage,Amount,Close date\n{rows}"))
    assert "2 lines hold nothing but Deal ID, such as 'North'" in said["message"]


@pytest.mark.parametrize("header", ["Conv. value", "Conv.-Wert", "Valeur conv.", "Cost / conv.", "Conv. rate"])
def test_what_conversions_are_worth_is_not_their_number(company: Company, header: str) -> None:
    rows = "2026-03-01,A,10,5.50,100\n2026-03-02,A,10,5.50,50\n"
    company.add(company.write("spend.csv", f"Date,Campaign,Clicks,Cost,{header}\n{rows}"))
    assert company.figures("ad_spend", "sum(spend), sum(platform_conversions)") == ("11", None)
