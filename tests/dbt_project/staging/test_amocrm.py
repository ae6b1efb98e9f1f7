"""amoCRM (Kommo), answers of the API v4: every record is a lead and a deal, 142 is won and 143 lost."""

import datetime as dt
from decimal import Decimal

from tests.dbt_project.staging.conftest import Staged

# 1709283600 in the answers is the first of March at nine
MARCH = [dt.datetime(2024, 3, day, 9) for day in range(1, 32)]


def test_leads(staged: Staged) -> None:
    """Utm parameters stand in a list of custom fields; a source is the channel only where there are none."""
    found = staged.rows(
        "amocrm__leads",
        "lead_id, created_at, owner, stage, disqualified_reason, utm_source, utm_medium, campaign_name, channel, "
        "person_id",
    )
    assert found == [
        ("101", MARCH[0], "Ева Клевер", "won", None, "yandex", "cpc", "Весна", None, "amocrm-contact-12"),
        ("102", MARCH[1], "Ева Клевер", "lost", "Дорого", None, None, None, "Заявка с сайта", "amocrm-contact-13"),
        ("103", MARCH[2], "599", "Parked", None, "vk", None, None, None, None),
    ]


def test_the_main_contact_is_the_person_and_leaves_raw_as_hashes(staged: Staged) -> None:
    found = staged.rows("amocrm__leads", "lead_id, length(email_hash), length(phone_hash), length(full_name_hash)")
    assert found == [("101", 64, 64, 64), ("102", 64, 64, 64), ("103", None, None, None)]


def test_deals(staged: Staged) -> None:
    """The newest updated_at wins, though an older answer named the first deal's earlier status and budget."""
    found = staged.rows(
        "amocrm__deals", "deal_id, lead_id, customer_id, status, stage, amount, closed_at, lost_reason, is_deleted"
    )
    assert found == [
        ("101", "101", "71", "won", "Успешно реализовано", Decimal(150000), MARCH[10], None, False),
        ("102", "102", None, "lost", "Закрыто и не реализовано", Decimal(0), MARCH[5], "Дорого", False),
        ("103", "103", None, None, "Parked", Decimal("90000.5"), None, None, False),
    ]


def test_changes_of_status(staged: Staged) -> None:
    found = staged.rows("amocrm__stage_history", "entity, entity_id, entered_at, stage", "1, 3")
    assert found == [
        (entity, "101", moment, stage)
        for entity in ("deals", "leads")
        for moment, stage in ((dt.datetime(2024, 3, 1, 10), "Первичный контакт"), (MARCH[10], "won"))
    ]
