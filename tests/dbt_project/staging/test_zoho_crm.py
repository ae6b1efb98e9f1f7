"""Zoho CRM: answers of the API for leads, an exported module for deals; pipelines say which stages end a deal."""

import datetime as dt
from decimal import Decimal

from tests.dbt_project.staging.conftest import Staged


def at(day: int, hour: int = 9, month: int = 3) -> dt.datetime:
    """A moment in UTC, March if nothing else is said."""
    return dt.datetime(2024, month, day, hour)


def test_leads(staged: Staged) -> None:
    """A conversion qualifies, whatever the status says; the mobile telephone stands in for the telephone."""
    found = staged.rows(
        "zoho_crm__leads",
        "lead_id, created_at, owner, stage, qualified_at, person_id, channel, length(email_hash), length(phone_hash)",
    )
    assert found == [
        (
            "5500000000000001", at(1), "Eva Klee", "qualified", at(4), "zoho-contact-5500000000000021", "Advertisement",
            64, 64,
        ),
        ("5500000000000002", at(2), "Max Moos", "Not Contacted", None, None, "Web", None, 64),
    ]  # fmt: skip


def test_deals(staged: Staged) -> None:
    """Signed wins by the pipeline, Closed Lost loses by Zoho's own name; its lead is that of its contact."""
    found = staged.rows(
        "zoho_crm__deals",
        "deal_id, created_at, lead_id, customer_id, owner, status, amount, closed_at, lost_reason, campaign_name, "
        "length(email_hash)",
    )
    lead = "5500000000000001"
    assert found == [
        (
            "5500000000000011", at(4, 10), lead, "5500000000000031", "Eva Klee", "won", Decimal("1900.5"), at(19, 23),
            None, "Spring", 64,
        ),
        (
            "5500000000000012", at(1, 10, 4), lead, None, "Eva Klee", "lost", Decimal(500), at(9, 22, 4),
            "Price", None, 64,
        ),
        ("5500000000000013", at(1, 10, 5), None, None, "Max Moos", None, None, at(30, 22, 6), None, None, None),
    ]  # fmt: skip
    assert staged.rows("zoho_crm__deals", "deal_id, probability")[0] == ("5500000000000011", Decimal(1))


def test_stage_history(staged: Staged) -> None:
    """Only changes of the stage count; a stage that wins is a win unless the workspace says otherwise."""
    assert staged.rows("zoho_crm__stage_history", "entity, entity_id, entered_at, stage", "3") == [
        ("deals", "5500000000000011", at(10, 16), "Parked"),
        ("deals", "5500000000000011", at(20, 16), "won"),
    ]
