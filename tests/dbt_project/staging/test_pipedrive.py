"""Pipedrive, answers of both versions of its API: a deal is a lead too, and its status ends it, whatever the stage."""

import datetime as dt
from decimal import Decimal

from tests.dbt_project.staging.conftest import Staged


def at(day: int, hour: int = 9) -> dt.datetime:
    """A moment of March in UTC."""
    return dt.datetime(2024, 3, day, hour)


def test_leads(staged: Staged) -> None:
    """Deals, and what waits in the inbox; the key of an own field is named by the workspace."""
    found = staged.rows(
        "pipedrive__leads", "lead_id, created_at, owner, stage, person_id, company, channel, utm_source, is_deleted"
    )
    assert found == [
        (
            "adf21080-0e10-11eb-879b-05d71fb426ec", at(5), "Max Moos", "new", "pipedrive-person-23", None, "Web forms",
            None, False,
        ),
        ("deal-1", at(1), "Eva Klee", "Offer", "pipedrive-person-21", "Ahorn GmbH", None, "google", False),
        ("deal-2", at(2), "Max Moos", "Contact made", None, None, None, None, False),
        ("deal-3", at(3), "Eva Klee", "Parked", "pipedrive-person-22", None, None, None, False),
        ("deal-4", at(3, 10), "Eva Klee", "Contact made", None, None, None, None, True),
    ]  # fmt: skip


def test_the_primary_address_leaves_raw_as_a_hash(staged: Staged) -> None:
    found = staged.rows("pipedrive__leads", "lead_id, length(email_hash), length(phone_hash)")
    assert found[1:4] == [("deal-1", 64, 64), ("deal-2", None, None), ("deal-3", 64, None)]


def test_deals(staged: Staged) -> None:
    found = staged.rows(
        "pipedrive__deals",
        "deal_id, lead_id, customer_id, status, stage, amount, currency, closed_at, lost_reason, probability, "
        "is_deleted",
    )
    assert found == [
        ("1", "deal-1", "11", "won", "Offer", Decimal("1900.5"), "EUR", at(20, 16), None, None, False),
        ("2", "deal-2", None, "lost", "Contact made", Decimal(500), "EUR", at(10, 16), "Price", Decimal("0.2"), False),
        ("3", "deal-3", None, None, "Parked", Decimal(700), "EUR", None, None, Decimal("0.5"), False),
        ("4", "deal-4", None, None, "Contact made", Decimal(1), "EUR", None, None, None, True),
    ]


def test_products_of_deals(staged: Staged) -> None:
    """Five percent of ten times 100 are 50; 50 as an amount are 50."""
    assert staged.rows("pipedrive__deal_lines", "line_id, deal_id, product, units, unit_price, discount, amount") == [
        ("71", "1", "Basic", Decimal(10), Decimal(100), Decimal(50), Decimal(950)),
        ("72", "1", "Support", Decimal(1), Decimal("1000.5"), Decimal(50), Decimal("950.5")),
    ]


def test_stage_history(staged: Staged) -> None:
    """Changes of the stage and the winning; a change of the amount is none."""
    assert staged.rows("pipedrive__stage_history", "entity, entity_id, entered_at, stage", "1, 3") == [
        ("deals", "1", at(10, 16), "Offer"),
        ("deals", "1", at(20, 16), "won"),
        ("leads", "deal-1", at(10, 16), "Offer"),
        ("leads", "deal-1", at(20, 16), "won"),
    ]
