"""The law of add-source: a guess is proved by the data or doubted aloud; a doubt that changes figures stops --yes."""

import datetime as dt
import io

import openpyxl
import pytest

from tests.orchestration.add_source.conftest import Company, book


def doubted(company: Company, *files: str) -> str:
    """What stops `--yes`; nothing in the workspace may change."""
    said = company.refused(*files)
    assert said["error"] == "DoubtError"
    assert "--accept-doubts" in said["next_step"]
    return str(said["message"])


def test_a_doubt_keeps_all_named_files_out_and_accepting_it_writes_them(company: Company) -> None:
    sure = company.write("leads.csv", "Lead ID,Created,E-mail\n1,2024-03-01,ann@example.com\n")
    unsure = company.write("deals.csv", "Deal ID,Stage,Amount,Closed\n1,Won,10.00,03/04/2024\n")

    message = doubted(company, sure, unsure)
    done = company.add(sure, unsure, "--accept-doubts")

    assert "'03/04/2024' in Closed may be day or month first" in message
    assert "write '%m/%d/%Y' under `formats`" in message
    assert [one["entity"] for one in done["added"]] == ["leads", "deals"]


def test_yes_shows_the_doubt_before_it_stops(company: Company) -> None:
    file = company.write("deals.csv", "Deal ID,Stage,Amount,Closed\n1,Won,10.00,03/04/2024\n")

    code, out, err = company.call(file, "--yes")

    assert code == 2
    assert "! '03/04/2024' in Closed" in " ".join(out.split())
    assert "not proved, and it changes figures" in err


@pytest.mark.parametrize(
    ("rows", "format"),
    [
        ("03/04/2024,03/13/2024", "%m/%d/%Y"),  # the other column proves it
        ("03/04/2024,13/03/2024", "%d/%m/%Y"),
        ("03.04.2024,05.04.2024", "%d.%m.%Y"),  # with full stops nobody writes the month first
    ],
)
def test_day_and_month_proved_by_another_column(company: Company, rows: str, format: str) -> None:
    company.add(company.write("deals.csv", f"Deal ID,Stage,Amount,Created,Closed\n1,Won,10.00,{rows}\n"))

    assert company.sheets[0]["formats"]["date"] == format


WEEKS = "Period,Campaign,Cost\n"


@pytest.mark.parametrize(
    ("ranges", "format", "first"),
    [
        (["01/02/2026 - 07/02/2026", "08/02/2026 - 14/02/2026"], "%d/%m/%Y", ("2026-02-01", "2026-02-07")),
        (["02/01/2026 - 02/07/2026", "02/08/2026 - 02/14/2026"], "%m/%d/%Y", ("2026-02-01", "2026-02-07")),
        (["05/01/2026 - 03/02/2026"], "%d/%m/%Y", ("2026-01-05", "2026-02-03")),  # else it would end before it begins
        (["2/1 - 2/7/26", "2/8 - 2/14/26"], "%m/%d/%y", ("2026-02-01", "2026-02-07")),
    ],
)
def test_a_range_proves_the_order_of_day_and_month(
    company: Company, ranges: list[str], format: str, first: tuple[str, str]
) -> None:
    rows = "".join(f"{days},Brand,10.00\n" for days in ranges)

    company.add(company.write("spend.csv", f"{WEEKS}{rows}"))

    assert company.sheets[0]["formats"] == {"date": format, "period": "range"}
    result, landed = company.land("ad_spend", "start_date::varchar, end_date::varchar")
    assert (landed[0], result.rows_unreadable) == (first, 0)


def test_a_range_that_may_be_day_or_month_first_is_a_doubt(company: Company) -> None:
    file = company.write("spend.csv", f"{WEEKS}01/02/2026 - 07/02/2026,Brand,10.00\n")

    assert "'01/02/2026' in Period may be day or month first: no value proves it" in doubted(company, file)


def test_ranges_that_prove_either_order_are_a_doubt(company: Company) -> None:
    rows = "01/02/2026 - 14/02/2026,Brand,10.00\n02/15/2026 - 02/28/2026,Brand,10.00\n"
    file = company.write("spend.csv", f"{WEEKS}{rows}")

    assert "Period mixes day first and month first" in doubted(company, file)


def test_the_title_proves_the_order_of_ranges(company: Company) -> None:
    rows = "02/01/2026 - 02/07/2026,Brand,10.00\n"

    company.add(company.write("spend.csv", f'"Report: 2/1/2026 - 2/28/2026"\n\n{WEEKS}{rows}'))

    assert company.sheets[0]["formats"]["date"] == "%m/%d/%Y"


def test_columns_that_are_ranges_prove_the_order_together(company: Company) -> None:
    header = "Channel,02/01/2026 - 02/07/2026,02/08/2026 - 02/14/2026"

    company.add(company.write("spend.csv", f"{header}\nSearch,10.00,20.00\n"))

    days = company.land("ad_spend", "start_date::varchar, end_date::varchar")[1]
    assert days == [("2026-02-01", "2026-02-07"), ("2026-02-08", "2026-02-14")]


def test_the_period_of_the_title_proves_the_order_of_day_and_month(company: Company) -> None:
    rows = "1/5/2026,Brand,10.00\n1/6/2026,Brand,10.00\n1/7/2026,Brand,10.00\n"

    company.add(company.write("report.csv", f'"Report Time: 1/5/2026 - 1/7/2026"\n\nDay,Campaign,Spend\n{rows}'))

    assert company.sheets[0]["formats"]["date"] == "%m/%d/%Y"
    assert company.land("ad_spend", "cast(date as varchar)")[1][0] == ("2026-01-05",)


@pytest.mark.parametrize(
    ("impressions", "costs", "formats"),
    [
        (("1250", "900"), ("1.250", "0.375"), {}),  # no thousand begins with 0
        (("1250", "900"), ("1.250", "3.500"), {}),  # thousands bear no mark beside it
        (("1.250", "900"), ("1.250", "3.500"), {"decimal": ",", "thousands": "."}),  # impressions are whole
        (("900", "800"), ("1.250", "12.5"), {}),
        (("900", "800"), ("1.250", "1.250.000"), {"decimal": ",", "thousands": "."}),
        (("900", "800"), ("1.250", "1.250,00"), {"decimal": ",", "thousands": "."}),
        (('"1,23,456"', "800"), ('"1,23,456.00"', '"12,34,567.50"'), {"thousands": ","}),
    ],
)
def test_marks_are_proved_by_one_value_or_by_a_neighbour(
    company: Company, impressions: tuple[str, str], costs: tuple[str, str], formats: dict[str, str]
) -> None:
    rows = "".join(
        f"2026-03-0{n};A;{shown};{cost}\n" for n, (shown, cost) in enumerate(zip(impressions, costs, strict=True), 1)
    )

    company.add(company.write("spend.csv", f"Date;Campaign;Impressions;Cost\n{rows}"))

    assert company.sheets[0]["formats"] == {"delimiter": ";"} | formats


def test_three_digits_alone_prove_nothing(company: Company) -> None:
    file = company.write("deals.csv", "Deal ID,Stage,Amount,Closed\n1,Won,1.250,2024-03-01\n2,Won,900,2024-03-02\n")

    assert "1.250 in Amount may be a whole number or have three decimals" in doubted(company, file)


def test_what_happened_beats_what_was_expected(company: Company) -> None:
    header = "Deal ID,Stage,Expected Amount,Amount Paid,Expected Close Date,Closed On"
    company.add(company.write("opps.csv", f"{header}\n1,Won,1000.00,900.00,2026-06-30,2026-02-10\n"))

    assert company.sheets[0]["fields"] == {
        "deal_id": "Deal ID", "stage": "Stage", "amount": "Amount Paid", "closed_at": "Closed On",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["Forecast Amount", "Weighted amount", "Плановая сумма", "Erwarteter Betrag"])
def test_only_what_is_expected_is_a_doubt(company: Company, name: str) -> None:
    file = company.write("deals.csv", f"Deal ID,Stage,{name},Close Date\n1,Won,10.00,2024-03-01\n")

    assert f"amount is taken from {name!r}, which says what is expected" in doubted(company, file)


def test_two_columns_that_fit_and_differ_are_a_doubt(company: Company) -> None:
    file = company.write("deals.csv", "Deal ID,Stage,Revenue,Price,Close Date\n1,Won,119.00,100.00,2024-03-01\n")

    assert "amount may be 'Revenue' or 'Price': both fit, and they differ (119.00 and 100.00)" in doubted(company, file)


def test_a_status_beside_a_stage_says_what_was_won(company: Company) -> None:
    header = "Deal - ID,Deal - Value,Deal - Stage,Deal - Status,Deal - Won time,Deal - Deal closed on"
    rows = "1,10,Negotiation,Won,2026-03-02 10:00:00,2026-03-02 10:00:00\n2,20,Demo,Lost,,2026-03-03 10:00:00\n"

    company.add(company.write("deals.csv", f"{header}\n{rows}"))

    fields = company.sheets[0]["fields"]
    assert (fields["stage"], fields["status"]) == ("Deal - Stage", "Deal - Status")
    assert fields["closed_at"] == "Deal - Deal closed on"


def test_a_status_in_another_language_gets_its_meaning(company: Company) -> None:
    rows = "1,10.00,Angebot,Gewonnen,2026-03-02\n2,20.00,Angebot,Verloren,2026-03-03\n"

    done = company.add(company.write("deals.csv", f"Deal ID,Betrag,Phase,Status,Geschlossen am\n{rows}"))

    assert company.sheets[0]["fields"]["status"] == "Status"
    assert {"Gewonnen": "won", "Verloren": "lost"}.items() <= done["stages"].items()


def test_deals_of_which_nothing_says_what_was_won_are_a_doubt(company: Company) -> None:
    file = company.write("deals.csv", "Deal ID,Stage,Amount,Close Date\n1,Phase 7,10.00,2024-03-01\n")

    assert "nothing says which deals were won: Stage holds Phase 7" in doubted(company, file)


def test_a_reason_that_says_success_is_no_lost_reason(company: Company) -> None:
    rows = "1,Paid,10.00,2024-03-01,Payment complete\n2,Failed,10.00,2024-03-02,Card declined\n"

    company.add(company.write("payments.csv", f"Payment ID,Status,Amount,Paid at,Reason\n{rows}"))

    assert "lost_reason" not in company.sheets[0]["fields"]


def test_withdrawals_among_payments_are_a_doubt(company: Company) -> None:
    rows = (
        "1,Payment,Completed,10.00\n2,Withdrawal,Completed,-8.00\n3,Refund,Completed,(2.00)\n4,Payment,Failed,-1.00\n"
    )
    file = company.write("payments.csv", f"Transaction ID,Type,Status,Gross\n{rows}")

    said = doubted(company, file)

    assert "2 rows of Gross are negative, such as '-8.00' (Type: Refund, Withdrawal)" in said


def test_deals_of_which_no_column_is_an_amount_are_a_doubt_if_one_may_be(company: Company) -> None:
    rows = "1,Won,2024-03-01,10.00\n2,Won,2024-03-02,7.50\n"
    money = company.write("deals.csv", f"Deal ID,Stage,Close Date,Ticket size\n{rows}")

    assert "these deals bring no revenue; Ticket size may hold money" in doubted(company, money)


def test_labels_of_currencies_are_read_and_a_dollar_in_the_column_is_a_doubt(company: Company) -> None:
    known = company.write("a.csv", "Deal ID,Stage,Amount,Cur.,Closed\n1,Won,10.00,Euro (EUR),2024-03-01\n")
    unknown = company.write("b.csv", "Deal ID,Stage,Amount,Currency,Closed\n1,Won,10.00,$,2024-03-01\n")

    company.add(known)

    assert company.sheets[0]["fields"]["currency"] == "Cur."
    assert "write `values: {currency: {'$': …}}`" in doubted(company, unknown)


def test_what_needs_a_rate_counts_as_refused_as_in_a_run(company: Company) -> None:
    file = company.write(
        "deals.csv", "Deal ID,Stage,Amount,Closed\n1,Won,US$10.00,2024-03-01\n2,Won,€5.00,2024-03-01\n"
    )

    done = company.add(file)

    assert (done["added"][0]["rows_read"], done["added"][0]["rows_refused"]) == (1, 1)
    assert done["added"][0]["reasons"] == {"currency: USD has no rate to EUR in the 7 days up to its date": 1}


def test_hidden_sheets_are_left_out_and_named(company: Company) -> None:
    import io

    import openpyxl

    spend = [["Day", "Campaign", "Cost"], ["2024-03-01", "Search", 10]]
    made = openpyxl.load_workbook(io.BytesIO(book(Now=spend, Old=spend)))
    made["Old"].sheet_state = "hidden"
    buffer = io.BytesIO()
    made.save(buffer)

    done = company.add(company.write("media.xlsx", buffer.getvalue()))

    assert [block["formats"]["sheet"] for block in company.sheets] == ["Now"]
    assert "hidden sheet" in done["left_out"]["extracts/media.xlsx, sheet 'Old'"]


def test_nothing_that_matters_is_dropped_without_a_word(company: Company) -> None:
    header = "Deal ID,Stage,Amount,Closed,Fee,Campaign status,Colour"

    done = company.add(company.write("deals.csv", f"{header}\n1,Won,10.00,2024-03-01,0.50,on,red\n"))

    note = next(note for note in done["added"][0]["notes"] if "may matter" in note)
    assert "Fee (0.50), Campaign status (on)" in note
    assert "Colour" not in note


def test_a_column_whose_values_can_not_be_read_is_named_with_one(company: Company) -> None:
    rows = "1,Won,10.00,2024-03-01,often\n"

    done = company.add(company.write("deals.csv", f"Deal ID,Stage,Amount,Closed,Quantity\n{rows}"))

    assert any("Quantity would be units, but 'often' can't be read" in note for note in done["added"][0]["notes"])


def formatted(code: str) -> bytes:
    """Deals of a workbook whose amounts are 10 and 20, written as the number format says."""
    made = openpyxl.Workbook()
    made.active.append(["Deal ID", "Stage", "Amount", "Closed"])
    for number in (1, 2):
        made.active.append([number, "Won", 10 * number, "2026-03-01"])
        made.active.cell(number + 1, 3).number_format = code
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_the_formats_of_all_amounts_tell_their_currency(company: Company) -> None:
    company.add(company.write("deals.xlsx", formatted("#,##0.00 [$CHF]")))

    assert company.sheets[0]["currency"] == "CHF"


def test_a_sign_of_several_currencies_in_the_formats_is_a_doubt(company: Company) -> None:
    file = company.write("deals.xlsx", formatted("[$$-409]#,##0.00"))

    assert "amounts in 'Amount' bear $, which several currencies do" in doubted(company, file)


@pytest.mark.parametrize(("hours", "is_doubted"), [(range(1, 13), True), (range(2, 14), False), (range(6, 13), False)])
def test_many_times_of_which_none_is_after_noon_are_a_doubt(company: Company, hours: range, is_doubted: bool) -> None:
    times = [f"13/03/2026 {hour}:{minute:02}" for hour in hours for minute in (5, 10, 20)]
    rows = "".join(f"{n},{time},lead{n}@example.com\n" for n, time in enumerate(times))
    file = company.write("leads.csv", f"Lead ID,Created,E-mail\n{rows}")

    if is_doubted:
        assert "Created has no time after 12:59 and none before 1:00" in doubted(company, file)
    else:
        assert company.add(file)["added"]


def closed(*days: str) -> str:
    """Won deals that were closed on these days."""
    return "Deal ID,Stage,Amount,Close Date\n" + "".join(f"{n},Won,10.00,{day}\n" for n, day in enumerate(days, 1))


@pytest.mark.parametrize("days", [("26/03/13", "26/03/14"), ("24.05.01", "24.05.02")])
def test_a_year_of_two_digits_that_may_stand_first_is_a_doubt(company: Company, days: tuple[str, str]) -> None:
    said = doubted(company, company.write("deals.csv", closed(*days)))

    assert f"{days[0]!r} in Close Date may begin with its year" in said


@pytest.mark.parametrize("days", [("13/03/26", "14/03/26"), ("01.05.24", "02.05.24"), ("26/03/13", "31/03/13")])
def test_a_year_of_two_digits_at_the_end_is_none(company: Company, days: tuple[str, str]) -> None:
    assert company.add(company.write("deals.csv", closed(*days)))["added"]


def test_the_day_before_the_month_after_the_year(company: Company) -> None:
    company.add(company.write("deals.csv", closed("2026-13-03", "2026-04-03")))

    assert company.sheets[0]["formats"]["date"] == "%Y-%d-%m"


def test_days_that_excel_turned_are_a_doubt(company: Company) -> None:
    days = [dt.date(2026, 4, 3), dt.date(2026, 5, 3), "13/03/2026", "25/03/2026"]
    rows = [["Deal ID", "Stage", "Amount", "Close Date"], *([n, "Won", 10, day] for n, day in enumerate(days, 1))]

    assert "Excel may have changed day and month" in doubted(company, company.write("deals.xlsx", book(Deals=rows)))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deals.csv", "Deal ID,Amount,Close date,Stage,Amount\n1,100,2026-03-13,Won,110\n2,200,2026-03-14,Won,220\n"),
        ("costs.xlsx", book(Plan=[
            ["", "Google", "", "Meta", ""], ["Date", "Cost", "Clicks", "Cost", "Clicks"],
            ["2026-03-01", 10, 1, 100, 2], ["2026-03-02", 20, 2, 200, 4]])),
    ],
    ids=["the same name twice", "one for each platform"],
)  # fmt: skip
def test_two_columns_of_money_under_one_name_are_doubted(company: Company, name: str, content: str | bytes) -> None:
    said = company.refused(company.write(name, content), "--yes")
    assert "both fit, and they differ (" in str(said)


def test_the_same_money_twice_is_no_doubt(company: Company) -> None:
    rows = "Deal ID,Amount,Close date,Stage,Amount\n1,100,2026-03-13,Won,100\n2,200,2026-03-14,Won,200\n"
    company.add(company.write("deals.csv", rows), "--yes")
    assert company.figures("deals", "sum(amount)") == ("300",)


def test_money_with_and_without_vat_is_doubted(company: Company) -> None:
    rows = "Date,Campaign,Cost excl. VAT,Cost incl. VAT,Clicks\n2026-03-01,A,100,119,3\n2026-03-02,A,200,238,3\n"
    assert "both fit, and they differ (100 and 119)" in doubted(company, company.write("spend.csv", rows), "--yes")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("Order ID,Paid at,Total (minor units),Status\n1,2026-03-13,125000,paid\n", "is money in other units"),
        ("Deal ID,Close date,Stage,Amount\n1,/Date(1773396300000)/,Won,12.50\n", "Close date would be closed_at, but"),
        (
            "Deal ID,Close date,Stage,Amount\n1,2026-03-13,Won,much\n2,2026-03-14,Won,more\n3,2026-03-15,Won,12.50\n",
            "Amount would be amount, but",
        ),
    ],
    ids=["minor units", "no day", "no amount"],
)
def test_money_or_its_day_that_is_left_out_is_doubted(company: Company, content: str, why: str) -> None:
    assert why in doubted(company, company.write("deals.csv", content), "--yes")


def test_the_numbers_of_a_workbook_say_nothing_of_the_marks_in_its_texts(company: Company) -> None:
    """What another program wrote stayed text; a number has a point in the file whatever the country writes."""
    rows = [["Datum", "Kampagne", "Kosten", "Klicks"], ["01.03.2026", "A", "1.250", 3], ["13.03.2026", "A", 980.25, 4]]
    assert "1.250 in Kosten may be a whole number or have three decimals" in doubted(
        company, company.write("costs.xlsx", book(Plan=rows)), "--yes"
    )


def test_texts_of_a_workbook_that_prove_their_marks_stand_beside_numbers(company: Company) -> None:
    rows = [
        ["Datum", "Kampagne", "Kosten", "Klicks"],
        ["01.03.2026", "A", "1.250,50", 3],
        ["13.03.2026", "A", 980.25, 4],
    ]
    company.add(company.write("costs.xlsx", book(Plan=[*rows, ["14.03.2026", "A", 1.125, 5]])), "--yes")
    assert company.figures("ad_spend", "sum(spend)") == ("2231.875",)


def test_whole_amounts_of_a_payment_api_may_be_cents(company: Company) -> None:
    charge = '{"id":"ch_1","object":"charge","amount":1999,"currency":"eur","created":"2026-03-13","status":"paid"}'
    found = doubted(company, company.write("charges.json", f'{{"object":"list","data":[{charge}]}}'), "--yes")
    assert "amount holds whole numbers only (1999) of objects called 'charge'" in found
