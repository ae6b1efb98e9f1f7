"""Tables as the Excel of a country saves them: its encoding, its words for money, its days and halves of the day."""

import pytest

from tests.orchestration.add_source.conftest import Company


@pytest.mark.parametrize(
    ("encoding", "owner", "header"),
    [
        ("windows-1250", "Łukasz Żak", "Nr;Data utworzenia;Wartość;Status;Data zamknięcia;Opiekun"),
        ("iso8859-2", "Łukasz Święch", "Nr;Data utworzenia;Wartość;Status;Data zamknięcia;Opiekun"),
        ("windows-1254", "Ayşe Yıldız", "Sipariş no;Oluşturulma tarihi;Tutar;Durum;Kapanış tarihi;Satış temsilcisi"),
        ("windows-1252", "Jürgen Groß", "Nr;Erstellt am;Betrag;Status;Geschlossen am;Zuständig"),
        ("windows-1252", "Zoé Gagné", "Commande;Date de création;Montant;Statut;Date de clôture;Propriétaire"),
    ],
)
def test_the_encoding_of_a_country(company: Company, encoding: str, owner: str, header: str) -> None:
    rows = f"1;01.03.2026;1250,50;won;20.03.2026;{owner}\n2;13.03.2026;800,00;lost;02.04.2026;{owner}\n"
    said = company.add(company.write("deals.csv", f"{header}\n{rows}", encoding), "--entity", "deals")
    assert said["added"][0]["formats"]["encoding"] == encoding
    assert company.figures("deals", "sum(amount), max(closed_at), min(owner)") == ("2050.5", "2026-04-02", owner)


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("1.250,50 TL", "TRY"), ("1.250,50 Euro", "EUR"), ("1 250,50 zł", "PLN"), ("1 250,50 KČ", "CZK"),
        ("1.250,50 lei", "RON"), ("1 250,50 ГРН.", "UAH"), ("1 250,50 рублей", "RUB"),
    ],
)  # fmt: skip
def test_money_in_the_words_of_a_country(company: Company, amount: str, code: str) -> None:
    rows = f"1;01.03.2026;{amount};Won;20.03.2026\n"
    company.add(company.write("deals.csv", f"Deal ID;Created;Amount;Stage;Close date\n{rows}"))
    settings = company.sheets[0]
    assert (company.figures("deals", "sum(amount)"), settings.get("currency", "EUR")) == (("1250.5",), code)


def test_dollars_may_be_of_several_countries(company: Company) -> None:
    said = company.refused(company.write("deals.csv", "Deal ID,Created,Amount,Stage\n1,2026-03-01,100 dollars,Won\n"))
    assert "bear dollars, which several currencies do" in said["message"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2026/03/01 2:05:10 PM GMT+1", "2026/04/13 9:05:10 AM GMT+2"),
        ("2026/03/01 1:05:10 PM GMT", "2026/04/13 8:05:10 AM GMT+1"),
        ("01/03/2026 02:05:10 p. m.", "13/04/2026 09:05:10 a. m."),
        ("01.03.2026 02:05:10 ÖS", "13.04.2026 09:05:10 ÖÖ"),
        ("2026/03/01 午後2:05:10", "2026/04/13 午前9:05:10"),
    ],
)
def test_halves_of_the_day_and_hours_from_greenwich(company: Company, first: str, second: str) -> None:
    rows = f"1,{first},a@example.com\n2,{second},b@example.com\n"
    company.add(company.write("leads.csv", f"Lead ID,Timestamp,Email\n{rows}"))
    assert company.figures("leads", "min(created_at), max(created_at)") == (
        "2026-03-01 13:05:10+00", "2026-04-13 07:05:10+00",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1. 3. 2026 9:10", "13. 3. 2026 22:10"),
        ("01/03/2026 09h10", "13/03/2026 22h10"),
        ("01/03/2026 à 09:10", "13/03/2026 à 22:10"),
        ("01.03.2026 um 09:10 Uhr", "13.03.2026 um 22:10 Uhr"),
        ("01.03.2026 в 09:10", "13.03.2026 в 22:10"),
        ("01/03/2026 - 09:10", "13/03/2026 - 22:10"),
    ],
)
def test_times_as_a_country_writes_them(company: Company, first: str, second: str) -> None:
    rows = f"1;{first};a@example.com\n2;{second};b@example.com\n"
    company.add(company.write("leads.csv", f"Lead ID;Created;Email\n{rows}"))
    assert company.figures("leads", "min(created_at), max(created_at)") == (
        "2026-03-01 08:10:00+00", "2026-03-13 21:10:00+00",
    )  # fmt: skip


@pytest.mark.parametrize(
    "day", ["13. 3. 2026", "13.03.2026.", "2026. 03. 13.", "13 Mar, 2026", "13 Mar 26", "13 березня 2026 р."]
)
def test_days_as_a_country_writes_them(company: Company, day: str) -> None:
    rows = f'1;"{day}";a@example.com\n2;"{day.replace("13", "14")}";b@example.com\n'
    company.add(company.write("leads.csv", f"Lead ID;Created;Email\n{rows}"))
    assert company.figures("leads", "min(created_at), max(created_at)") == ("2026-03-13", "2026-03-14")
