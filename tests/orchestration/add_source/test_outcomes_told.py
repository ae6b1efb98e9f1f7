"""How systems say what was won: flags of yes and no in any language, stages with reasons; rows without ids."""

import pytest

from tests.orchestration.add_source.conftest import Company


def test_stages_with_percents_and_reasons(company: Company) -> None:
    stages = ("100% - Won", "0% - Lost", "Lost - price", "Sales: Closed won", "Demo - completed")
    rows = "".join(f"{n},2026-03-01,10,{stage},2026-03-20\n" for n, stage in enumerate(stages))
    said = company.add(company.write("deals.csv", f"Deal ID,Created,Amount,Stage,Close Date\n{rows}"))
    assert said["stages"] == {
        "100% - Won": "won", "0% - Lost": "lost", "Lost - price": "lost", "Sales: Closed won": "won",
    }  # fmt: skip
    assert said["unknown_stages"] == ["Demo - completed"]


@pytest.mark.parametrize(("yes", "no"), [("ja", "nein"), ("Oui", "Non"), ("WAHR", "FALSCH")])
def test_a_flag_in_other_words(company: Company, yes: str, no: str) -> None:
    rows = f"1,2026-03-01,10,Handover,{yes},2026-03-20\n2,2026-03-01,20,Handover,{no},\n"
    company.add(company.write("deals.csv", f"No,Created,Amount,Stage,Won,Close Date\n{rows}"))
    assert company.land("deals", "deal_id, status")[1] == [("1", "won"), ("2", "open")]


def test_rows_without_an_id_in_two_downloads(company: Company) -> None:
    header = "Date,Product,Amount,Status\n"
    march = "2026-03-01,A,100.00,Paid\n2026-03-30,A,200.00,Paid\n2026-03-31,B,300.00,Paid\n"
    april = "2026-03-30,A,200.00,Paid\n2026-03-31,B,300.00,Paid\n2026-04-13,B,400.00,Paid\n"
    files = [company.write("orders 1.csv", header + march), company.write("orders 2.csv", header + april)]
    said = company.refused(*files)
    assert "have 2 whole rows in common: amount of 500 would count twice" in said["message"]
