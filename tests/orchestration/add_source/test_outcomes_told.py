"""How systems say what was won and lost: flags of yes and no in any language, stages with percents and reasons."""

import pytest

from tests.orchestration.add_source.conftest import Company

_HEADER = "Deal ID,Created,Amount,Stage,Won,Close Date\n"


def test_stages_with_percents_and_reasons(company: Company) -> None:
    stages = (
        "100% - Won", "0% - Lost", "25% - Qualified", "Lost - price", "Won (renewal)", "Sales: Closed won",
        "Demo - completed",
    )  # fmt: skip
    rows = "".join(f"{n},2026-03-01,10,{stage},2026-03-20\n" for n, stage in enumerate(stages))
    said = company.add(company.write("deals.csv", f"Deal ID,Created,Amount,Stage,Close Date\n{rows}"))
    assert said["stages"] == {
        "100% - Won": "won", "0% - Lost": "lost", "25% - Qualified": "qualified", "Lost - price": "lost",
        "Won (renewal)": "won", "Sales: Closed won": "won",
    }  # fmt: skip
    assert said["unknown_stages"] == ["Demo - completed"]


@pytest.mark.parametrize(
    ("yes", "no"), [("ja", "nein"), ("Oui", "Non"), ("Sí", "No"), ("TAK", "NIE"), ("Evet", "Hayır"), ("WAHR", "FALSCH")]
)
def test_a_flag_in_other_words(company: Company, yes: str, no: str) -> None:
    rows = f"1,2026-03-01,10,Handover,{yes},2026-03-20\n2,2026-03-01,20,Handover,{no},\n"
    company.add(company.write("deals.csv", _HEADER + rows))
    assert company.land("deals", "status")[1] == [("won",), ("open",)]


def test_a_box_that_is_ticked_or_not(company: Company) -> None:
    rows = "1,2026-03-01,10,Handover,checked,2026-03-20\n2,2026-03-01,20,Handover,,\n"
    company.add(company.write("deals.csv", _HEADER + rows))
    assert company.land("deals", "status")[1] == [("won",), (None,)]


def test_a_flag_beside_stages_of_which_none_is_won(company: Company) -> None:
    """All stages are known, and the deals that were won stand in the last of them."""
    rows = "1,2026-03-01,10,Proposal,yes,2026-03-20\n2,2026-03-01,20,Lost,no,2026-03-21\n3,2026-03-01,5,Proposal,no,\n"
    company.add(company.write("deals.csv", _HEADER + rows))
    assert company.land("deals", "stage, status")[1] == [("Proposal", "won"), ("Lost", None), ("Proposal", None)]


def test_closed_and_not_won_is_lost(company: Company) -> None:
    rows = "1,2026-03-01,10,Handover,TRUE,TRUE,2026-03-20\n2,2026-03-01,20,Handover,FALSE,TRUE,2026-03-21\n"
    path = company.write("deals.csv", f"Deal ID,Created,Amount,Phase,Won,Closed,Close Date\n{rows}")
    assert "some rows are closed as Closed says, and not won as Won says" in company.refused(path)["message"]


@pytest.mark.parametrize(
    ("opened", "won", "lost"),
    [("Otwarta", "Wygrana", "Przegrana"), ("Açık", "Kazanıldı", "Kaybedildi"), ("Відкрита", "Виграна", "Програна")],
)
def test_a_status_in_its_language_beside_a_stage(company: Company, opened: str, won: str, lost: str) -> None:
    rows = f"1,2026-03-01,10,Rozmowa,{won},2026-03-20\n2,2026-03-01,20,Rozmowa,{lost},2026-03-21\n"
    rows += f"3,2026-03-02,5,Rozmowa,{opened},\n"
    said = company.add(company.write("deals.csv", f"Deal ID,Created,Amount,Stage,Status,Close Date\n{rows}"))
    assert said["stages"] == {won: "won", lost: "lost"}
    assert company.land("deals", "status")[1] == [(won,), (lost,), ("open",)]


def test_days_of_winning_and_of_losing(company: Company) -> None:
    rows = "1,2026-03-01,10,Won,2026-03-20,\n2,2026-03-02,20,Lost,,2026-04-02\n"
    said = company.refused(company.write("deals.csv", f"Deal ID,Created,Amount,Stage,Won Date,Lost Date\n{rows}"))
    assert "1 row without a Won Date but with a Lost Date (2026-04-02)" in said["message"]


def test_amounts_in_two_columns_of_which_one_is_filled(company: Company) -> None:
    rows = "1,2026-03-01,99.50,,Won,2026-03-20\n2,2026-03-02,,1200.00,Won,2026-04-02\n"
    path = company.write("deals.csv", f"Deal ID,Created,Monthly amount,One-time amount,Stage,Close Date\n{rows}")
    assert (
        "while 'One-time amount' holds other money (1200.00), which would not count" in company.refused(path)["message"]
    )


@pytest.mark.parametrize("spans", [("monthly", "annual", "one_time"), ("Einmalig", "Monatlich", "")])
def test_amounts_for_a_month_and_for_a_year(company: Company, spans: tuple[str, str, str]) -> None:
    rows = "".join(f"{n},2026-03-01,100,{span},Won,2026-03-20\n" for n, span in enumerate(spans))
    said = company.refused(company.write("deals.csv", f"Deal ID,Created,Value,Value period,Stage,Close Date\n{rows}"))
    assert "Value period says what Value is for" in said["message"]


@pytest.mark.parametrize("header", ["Unit price", "Price", "Цена"])
def test_a_price_beside_a_quantity(company: Company, header: str) -> None:
    rows = "1,2026-03-01,3,100.00,Paid\n2,2026-03-02,1,50.00,Paid\n"
    said = company.refused(company.write("orders.csv", f"Order ID,Date,Quantity,{header},Status\n{rows}"))
    assert f"amount is taken from {header}, beside Quantity (3): it may be the price of one" in said["message"]


def test_a_price_of_single_pieces(company: Company) -> None:
    rows = "1,2026-03-01,1,100.00,Paid\n2,2026-03-02,1,50.00,Paid\n"
    company.add(company.write("orders.csv", f"Order ID,Date,Quantity,Price,Status\n{rows}"))
    assert company.figures("deals", "sum(amount)") == ("150",)


def test_a_probability_in_percent(company: Company) -> None:
    rows = "1,2026-03-01,10,Proposal,75%,\n2,2026-03-01,20,Qualified,12.5 %,\n3,2026-03-02,5,Won,,2026-03-20\n"
    company.add(company.write("deals.csv", f"Deal ID,Created,Amount,Stage,Probability,Close Date\n{rows}"))
    assert company.land("deals", "probability")[1] == [("75",), ("12.5",), (None,)]


def test_payments_for_a_month_and_for_a_year_are_what_came(company: Company) -> None:
    rows = "1,2026-03-01,9.00,Monthly,Paid\n2,2026-03-02,90.00,Annual,Paid\n"
    company.add(company.write("payments.csv", f"Payment ID,Paid at,Amount,Interval,Status\n{rows}"))
    assert company.figures("deals", "sum(amount)") == ("99",)
