"""Bitrix24, answers of the REST API: statuses by name, success and failure by their semantics."""

import datetime as dt
from decimal import Decimal

from tests.dbt_project.staging.conftest import Staged


def at(day: int, hour: int = 9) -> dt.datetime:
    """A moment of March in UTC; noon in Moscow is nine."""
    return dt.datetime(2024, 3, day, hour)


def test_leads(staged: Staged) -> None:
    """A converted lead is qualified when it was closed; junk is lost, and the name of its status is the reason."""
    found = staged.rows(
        "bitrix24__leads",
        "lead_id, created_at, owner, stage, qualified_at, disqualified_reason, utm_source, channel, person_id",
    )
    assert found == [
        ("1", at(1), "Eva Klee", "qualified", at(5), None, "yandex", None, "bitrix24-contact-21"),
        ("2", at(2), "Max", "lost", None, "Некачественный лид", None, "Звонок", None),
        ("3", at(3), "Eva Klee", "Parked", None, None, None, "UNKNOWN", None),
    ]


def test_the_first_address_of_a_list_leaves_raw_as_a_hash(staged: Staged) -> None:
    """Lead and deal of one person carry the same hash: the deal has it from its contact."""
    [(lead,)] = staged.query("select email_hash from staging.stg_bitrix24__leads where lead_id = '1'")
    [(deal,)] = staged.query("select email_hash from staging.stg_bitrix24__deals where deal_id = '31'")
    assert lead == deal
    assert len(lead) == 64


def test_deals(staged: Staged) -> None:
    """A closing date is a day: midnight in Berlin. Id 0 is no company."""
    found = staged.rows(
        "bitrix24__deals", "deal_id, lead_id, customer_id, status, stage, amount, currency, closed_at, lost_reason"
    )
    assert found == [
        ("31", "1", None, "won", "Сделка успешна", Decimal(150000), "RUB", at(19, 23), None),
        ("32", None, "41", "lost", "Сделка провалена", Decimal(5000), "RUB", at(6, 23), "Сделка провалена"),
        ("33", None, "41", None, "Подготовка документов", Decimal(7000), "RUB", dt.datetime(2024, 4, 7, 22), None),
    ]


def test_product_rows_of_deals(staged: Staged) -> None:
    """Ten at 10000 less 1000 each are 90000. Rows of leads are no lines of a deal."""
    assert staged.rows("bitrix24__deal_lines", "line_id, deal_id, product, units, unit_price, discount, amount") == [
        ("91", "31", "Basic", Decimal(10), Decimal(10000), Decimal(10000), Decimal(90000)),
        ("92", "31", "Support", Decimal(1), Decimal(60000), Decimal(0), Decimal(60000)),
    ]


def test_stage_history(staged: Staged) -> None:
    assert staged.rows("bitrix24__stage_history", "entity, entity_id, entered_at, stage", "1, 3") == [
        ("deals", "31", at(20), "won"),
        ("leads", "1", at(1), "Новый"),
        ("leads", "1", at(5), "qualified"),
    ]
