"""Files of which nothing can be made: one clear error, the next step, and nothing written."""

import pytest

from tests.orchestration.add_source.conftest import Company


def test_a_file_that_fits_nothing(company: Company) -> None:
    said = company.refused(company.write("weather.csv", "City,Temperature,Wind\nBerlin,21,3\nRome,30,2\n"))

    assert "extracts/weather.csv" in said["message"]
    assert "City, Temperature, Wind" in said["message"]
    assert "--entity" in said["next_step"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Day,Campaign,Clicks,Cost (micros)\n2024-03-01,Search,5,1230000\n", "Cost (micros) is money in other units"),
        ("Дата,Кампания,Клики,Расход (тыс. руб.)\n2024-03-01,Поиск,5,12\n", "is money in other units"),
        ("Day,Campaign,Clicks,Cost (k€)\n2024-03-01,Search,5,12.5\n", "Cost (k€) is money in other units"),
        ("Day,Campaign,Clicks,Cost (TEUR)\n2024-03-01,Search,5,12.5\n", "Cost (TEUR) is money in other units"),
        ("Day,Campaign,Clicks,Cost ($ 000s)\n2024-03-01,Search,5,12.5\n", "is money in other units"),
        ("Tag,Kampagne,Klicks,Kosten (Tsd.)\n2024-03-01,Search,5,12.5\n", "is money in other units"),
        ("lead_id,created_at,email\n1,#REF!,ann@example.com\n", "'#REF!' can't be read as timestamp"),
        ("Month,Cost type,Amount\nlast spring,tools,99.00\n", "Month would be month, but 'xxxx xxxxxx' can't be read"),
    ],
)
def test_a_column_that_is_called_so_but_can_not_be(company: Company, text: str, said: str) -> None:
    assert said in company.refused(company.write("march.csv", text))["message"]


def test_a_file_that_lacks_what_its_entity_requires(company: Company) -> None:
    file = company.write("spend.csv", "Campaign,Clicks,Cost\nSearch,5,10.00\n")

    said = company.refused(file, "--entity", "ad_spend")

    assert "as ad_spend it lacks date or start_date, end_date" in said["message"]
    assert "its columns are Campaign, Clicks, Cost" in said["message"]


def test_an_entity_that_there_is_not(company: Company) -> None:
    said = company.refused(company.write("leads.csv", "Lead ID,Created\n1,2024-01-01\n"), "--entity", "lead")

    assert "--entity lead: no such entity; expected one of leads, deals" in said["message"]


def test_a_file_that_is_not_there(company: Company) -> None:
    assert "gone.csv: no such file" in company.refused("gone.csv")["message"]


def test_a_proof_without_one_row_that_could_be_used(company: Company) -> None:
    """Columns are what they are called, but every date is broken."""
    file = company.write("leads.csv", "Lead ID,Created,E-mail\n1,#REF!,ann@example.com\n2,#REF!,bob@example.com\n")

    said = company.refused(file, "--entity", "leads")

    assert "leads.csv" in said["message"]


def test_settings_written_in_a_way_that_can_not_be_added_to(company: Company) -> None:
    text = company.text.replace("sources: {}", "common: &none {}\nsources: *none")
    (company.folder / "funnelmart.yml").write_text(text)

    said = company.refused(company.write("leads.csv", "Lead ID,Created,E-mail\n1,2024-01-01,ann@example.com\n"))

    assert "funnelmart.yml" in said["message"]


def test_settings_that_name_a_source_which_there_is_not(company: Company) -> None:
    (company.folder / "funnelmart.yml").write_text(company.text.replace("{}", "{kremlin: {path: extracts}}", 1))

    said = company.refused(company.write("leads.csv", "Lead ID,Created,E-mail\n1,2024-01-01,ann@example.com\n"))

    assert "sources.kremlin: unknown source" in said["message"]


def test_a_file_that_a_run_would_refuse_is_named(company: Company) -> None:
    """As a second table below the first: nothing but its reading as a run shows it."""
    rows = "2026-03-01,Brand,10.50,3\n2026-03-02,Brand,20.50,4\n2026-03-03,Brand,1.00,1\n"
    content = f"Date,Campaign,Cost,Clicks\n{rows}\nDate,Device,Cost,Clicks\n{rows}"
    said = company.refused(company.write("spend.csv", content), "--yes")
    assert str(said["message"]).startswith(
        "extracts/spend.csv: line 6 begins another table (Date, Device, Cost, Clicks)"
    )
