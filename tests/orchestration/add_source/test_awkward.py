"""Files as people really send them: a preview that says what is unsure, or a clear error; never a trace."""

import gzip
import io
import zipfile

import pytest

from tests.orchestration.add_source.conftest import Company, book

LEADS = "Lead ID,Created,E-mail\n1,2024-03-01,ann@example.com\n2,2024-03-02,bob@example.com\n"


def zipped(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.csv", text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "is empty"),
        ("no_header.csv", b"1,2024-03-01,ann@example.com\n2,2024-03-02,bob@example.com\n", "has no header"),
        ("only_header.csv", b"Lead ID,Created,E-mail\n", "no rows"),
        ("photo.csv", bytes(range(256)) * 40, "photo.csv"),
        ("broken.xlsx", b"PK\x03\x04 no workbook", "broken.xlsx"),
        ("broken.json", b'{"leads": [', "broken.json"),
        ("notes.txt", b"Dear all,\nplease find the numbers attached.\n", "notes.txt"),
        ("two.zip", zipped(leads=LEADS, more=LEADS), "unpack it"),
        ("empty.xlsx", book(Sheet=[]), "is empty"),
        ("readme.md", b"# Numbers\n", "is none of the files that a run reads"),
    ],
)
def test_nothing_can_be_made_of_it(company: Company, name: str, content: bytes, said: str) -> None:
    assert said in company.refused(company.write(name, content))["message"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("utf16.csv", LEADS.encode("utf-16")),
        ("tabs.tsv", LEADS.replace(",", "\t").encode()),
        ("pipes.txt", LEADS.replace(",", "|").encode()),
        ("packed.csv.gz", gzip.compress(LEADS.encode(), mtime=0)),
        ("one.zip", zipped(leads=LEADS)),
        ("leads (2) [final].csv", LEADS.encode()),
        ("lines.jsonl", b'{"Lead ID": 1, "Created": "2024-03-01", "E-mail": "ann@example.com"}\n'
                        b'{"Lead ID": 2, "Created": "2024-03-02", "E-mail": "bob@example.com"}\n'),
        ("headings.csv", ("Leads of March\n\nconfidential\n" + LEADS).encode()),
        ("crlf.csv", b"\xef\xbb\xbf" + LEADS.replace("\n", "\r\n").encode()),
    ],
)  # fmt: skip
def test_it_is_read_whatever_it_is_packed_in(company: Company, name: str, content: bytes) -> None:
    company.add(company.write(name, content))

    assert company.land("leads", "lead_id, created_at")[1] == [("1", "2024-03-01"), ("2", "2024-03-02")]
    assert company.add(str(company.folder / "extracts" / name))["added"] == []  # known by that name


def test_columns_of_one_name_are_told_apart(company: Company) -> None:
    done = company.add(company.write("leads.csv", "Lead ID,Created,Phone,Phone\n1,2024-03-01,+4915112345678,22\n"))

    assert company.sheets[0]["fields"]["phone"] == "Phone"
    assert done["added"][0]["not_used"] == ["Phone_2"]


def test_a_broken_value_is_counted_and_goes_to_quarantine(company: Company) -> None:
    done = company.add(company.write("deals.csv", "Deal ID,Stage,Amount,Closed\n1,Won,10.00,2024-03-01\n"
                                                  "2,Won,#REF!,2024-03-02\n3,Won,-,2024-03-03\n"))  # fmt: skip

    assert company.sheets[0]["formats"] == {"null_values": ["", "-"]}
    assert (done["added"][0]["rows_read"], done["added"][0]["rows_refused"]) == (2, 1)
    assert "'#REF!'" in next(iter(done["added"][0]["reasons"]))


@pytest.mark.parametrize(
    ("days", "format", "is_unsure"),
    [
        (("13/04/2024", "05/04/2024"), "%d/%m/%Y", False),
        (("04/13/2024", "04/05/2024"), "%m/%d/%Y", False),
        (("03/04/2024", "05/06/2024"), "%d/%m/%Y", True),
        (("3 Apr 2024", "5 May 2024"), "%d %b %Y", False),
    ],
)
def test_day_or_month_first(company: Company, days: tuple[str, str], format: str, is_unsure: bool) -> None:
    """Where every day could be a month too, people are told to look."""
    rows = "\n".join(f"{day},Search,10.00" for day in days)

    file = company.write("spend.csv", f"Day,Campaign,Cost\n{rows}\n")
    if is_unsure:
        assert "may be day or month first" in company.refused(file)["message"]

    done = company.add(file, "--accept-doubts")

    assert company.sheets[0]["formats"]["date"] == format
    assert any("day or month first" in doubt["text"] for doubt in done["added"][0]["doubts"]) == is_unsure


def test_days_written_in_two_ways_are_refused_row_by_row(company: Company) -> None:
    rows = "13/04/2024,Search,10.00\n14/04/2024,Search,10.00\n04/15/2024,Search,10.00\n"

    file = company.write("spend.csv", f"Day,Campaign,Cost\n{rows}")
    assert "Day mixes day first and month first: '04/15/2024'" in company.refused(file)["message"]

    done = company.add(file, "--accept-doubts")

    assert company.sheets[0]["formats"]["date"] == "%d/%m/%Y"
    assert done["added"][0]["rows_refused"] == 1


@pytest.mark.parametrize(
    ("amounts", "formats", "read"),
    [
        (("1 234,50", "12 000,00"), {"decimal": ","}, ["1234.5", "12000"]),
        (("1\u00a0234,50", "99,00"), {"decimal": ","}, ["1234.5", "99"]),
        (("1'234.50", "99.00"), {"thousands": "'"}, ["1234.5", "99"]),
        (("1,234.50", "99.00"), {"thousands": ","}, ["1234.5", "99"]),
        (("3.500", "12.000"), {"decimal": ",", "thousands": "."}, ["3500", "12000"]),
        (("10.00 €", "€ 7.50"), {}, ["10", "7.5"]),
    ],
)
def test_marks_of_decimals_and_thousands(
    company: Company, amounts: tuple[str, str], formats: dict[str, str], read: list[str]
) -> None:
    rows = "".join(f"D{n};Won;{amount};2024-03-01\n" for n, amount in enumerate(amounts))

    company.add(company.write("deals.csv", f"Deal ID;Stage;Amount;Closed\n{rows}"), "--accept-doubts")

    assert company.sheets[0]["formats"] == {"delimiter": ";", **formats}
    assert [row[0] for row in company.land("deals", "amount")[1]] == read


def test_a_dollar_sign_is_pointed_out_and_a_code_is_taken(company: Company) -> None:
    file = company.write("a.csv", "Deal ID,Stage,Amount,Closed\n1,Won,$10.00,2024-03-01\n")
    assert "bear $, which several currencies do" in company.refused(file)["message"]
    company.add(file, "--accept-doubts")
    francs = company.add(company.write("b.csv", "Deal ID,Stage,Amount (CHF),Closed\n2,Won,10.00,2024-03-01\n"))

    assert "currency" not in company.sheets[0]
    assert company.sheets[1]["currency"] == "CHF"
    assert "amounts in CHF need rates to EUR" in francs["notes"][0]


def test_spend_that_comes_from_elsewhere_already_is_pointed_out(company: Company) -> None:
    company.add(company.write("google.csv", "Day,Campaign,Cost\n2024-03-01,Search,10.00\n"))

    done = company.add(company.write("google_keywords.csv", "Day,Keyword,Clicks,Cost\n2024-03-01,desk,3,10.00\n"))

    notes = " ".join(done["added"][0]["notes"])
    assert "broken down by Keyword" in notes
    assert "ad spend comes from sheets already" in notes


@pytest.mark.parametrize("word", ["NULL", "\\N", "nan", "(null)"])
def test_what_programs_write_for_nothing_is_no_customer_and_no_product(company: Company, word: str) -> None:
    """All orders without a customer would else be of one, and so be one new customer."""
    rows = f"1,C1,100,paid,2026-03-13,Lamp\n2,{word},200,paid,2026-03-14,{word}\n3,{word},300,paid,2026-03-15,Desk\n"
    company.add(company.write("orders.csv", f"order_id,customer_id,amount,status,paid_at,product\n{rows}"))
    assert company.figures("deals", "count(*), count(customer_id), count(product)") == (3, 1, 2)
