"""Exports of amoCRM (UTF-8, commas) and Bitrix24 (Windows-1251, semicolons) under Russian headers, in Moscow's time."""

import datetime as dt
from decimal import Decimal

from tests.dbt_project.staging.conftest import Staged


def at(day: int, hour: int = 9, month: int = 3) -> dt.datetime:
    """A moment in UTC; noon in Moscow is nine."""
    return dt.datetime(2024, month, day, hour)


def test_amocrm_leads(staged: Staged) -> None:
    found = staged.rows(
        "amocrm_export__leads",
        "lead_id, created_at, owner, stage, disqualified_reason, utm_source, campaign_name, length(email_hash), "
        "length(phone_hash)",
    )
    assert found == [
        ("101", at(1), "Ева Клевер", "won", None, "yandex", "Весна", 64, 64),
        ("102", at(2), "Ева Клевер", "lost", "Дорого", None, None, None, None),
        ("103", at(3), "Макс Мох", "Parked", None, "vk", None, None, None),
    ]


def test_amocrm_deals(staged: Staged) -> None:
    """A deal that amoCRM calls `не закрыта` has no closing time."""
    found = staged.rows("amocrm_export__deals", "deal_id, lead_id, status, stage, amount, closed_at, lost_reason")
    assert found == [
        ("101", "101", "won", "Успешно реализовано", Decimal(150000), at(11), None),
        ("102", "102", "lost", "Закрыто и не реализовано", Decimal(0), at(6), "Дорого"),
        ("103", "103", None, "Parked", Decimal("90000.5"), None, None),
    ]


def test_bitrix24_leads(staged: Staged) -> None:
    found = staged.rows(
        "bitrix24_export__leads",
        "lead_id, created_at, owner, stage, qualified_at, disqualified_reason, utm_source, channel, length(phone_hash)",
    )
    assert found == [
        ("1", at(1), "Ева Клевер", "qualified", at(5), None, "yandex", None, 64),
        ("2", at(2), "Макс Мох", "lost", None, "Некачественный лид", None, "Звонок", None),
    ]


def test_bitrix24_deals(staged: Staged) -> None:
    """Closing dates are days: midnight in Berlin, which changes to summer time on the last of March."""
    found = staged.rows(
        "bitrix24_export__deals", "deal_id, lead_id, status, stage, amount, currency, closed_at, lost_reason"
    )
    assert found == [
        ("31", "1", "won", "Сделка успешна", Decimal(150000), "RUB", at(19, 23), None),
        ("32", None, "lost", "Сделка провалена", Decimal(5000), "RUB", at(6, 23), "Сделка провалена"),
        ("33", None, None, "Подготовка документов", Decimal(7000), "RUB", at(7, 22, 4), None),
    ]
