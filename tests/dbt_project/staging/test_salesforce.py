"""Salesforce: the CSV files of its own data export and connector-landed tables side by side."""

import datetime as dt
from decimal import Decimal

from tests.dbt_project.staging.conftest import Staged


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts)  # type: ignore[arg-type]


def test_leads(staged: Staged) -> None:
    """A conversion qualifies on its day (midnight in Berlin); without utm the lead source is the channel."""
    found = staged.rows(
        "salesforce__leads",
        "lead_id, created_at, owner, stage, qualified_at, qualified_at_is_date, person_id, channel, campaign_name",
    )
    assert found == [
        (
            "00Q1",
            utc(2024, 3, 1, 9),
            "Eva Klee",
            "qualified",
            utc(2024, 3, 3, 23),
            True,
            "0031",
            None,
            "Spring webinar",
        ),
        ("00Q2", utc(2024, 3, 2, 9), "00G1", "Open", None, False, None, "Webinar", "Spring webinar"),
        ("00Q3", utc(2024, 3, 3, 9), "Max Moos", "Open", None, False, None, "Web", "Spring webinar"),
    ]
    assert staged.rows("salesforce__leads", "lead_id, is_deleted, first_response_at") == [
        ("00Q1", False, utc(2024, 3, 1, 9, 20)),
        ("00Q2", False, None),
        ("00Q3", True, None),
    ]


def test_only_hashes_of_people_leave_raw(staged: Staged) -> None:
    [(email, phone, name)] = staged.query(
        "select email_hash, phone_hash, full_name_hash from staging.stg_salesforce__leads where lead_id = '00Q1'"
    )
    assert (len(email), len(phone), len(name)) == (64, 64, 64)


def test_deals(staged: Staged) -> None:
    """IsWon and IsClosed are the status, open deals have none. The lead is the converted one, else the contact's."""
    found = staged.rows(
        "salesforce__deals",
        "deal_id, status, stage, amount, currency, lead_id, person_id, customer_id, owner, channel, campaign_name",
    )
    assert found == [
        ("0061", "won", "Closed Won", Decimal("1900.5"), "USD", "00Q1", "0031", "0011", "Eva Klee", "Web",
         "Spring webinar"),
        ("0062", "lost", "Closed Lost", Decimal(500), "USD", "00Q1", "0031", "0011", "Eva Klee", None, None),
        ("0063", None, "Parked", None, "EUR", None, None, "0012", "Max Moos", "Partner", None),
    ]  # fmt: skip
    # the closing date is a day in every time zone: midnight in Berlin
    assert staged.rows("salesforce__deals", "deal_id, closed_at, closed_at_is_date, probability")[0] == (
        "0061", utc(2024, 3, 19, 23), True, Decimal(1)
    )  # fmt: skip


def test_deal_lines(staged: Staged) -> None:
    """A discount is a percentage: 5 % of 10 times 100 is 50. Deleted lines are none."""
    assert staged.rows("salesforce__deal_lines", "line_id, deal_id, product, units, unit_price, discount, amount") == [
        ("00k1", "0061", "Basic", Decimal(10), Decimal(100), Decimal(50), Decimal(950)),
        ("00k2", "0061", "Support", Decimal(1), Decimal("950.5"), None, Decimal("950.5")),
    ]


def test_stage_history(staged: Staged) -> None:
    """Another amount in the same stage is no entry; a closing stage means what Salesforce says it means."""
    assert staged.rows("salesforce__stage_history", "entity, entity_id, entered_at, stage", "2, 3") == [
        ("deals", "0061", utc(2024, 3, 4, 10), "Prospecting"),
        ("deals", "0061", utc(2024, 3, 20, 16), "won"),
        ("deals", "0063", utc(2024, 5, 1, 11), "Prospecting"),
        ("deals", "0063", utc(2024, 5, 2, 17), "Parked"),
    ]


def test_responses_to_campaigns_are_touches(staged: Staged) -> None:
    """Who was added to a campaign and never responded was not touched."""
    found = staged.rows(
        "salesforce__touches", "touch_id, touched_at, person_id, email_hash is not null, utm_campaign, channel"
    )
    assert found == [
        ("00v1", utc(2024, 3, 1, 23), None, True, "Spring webinar", "Webinar"),
        ("00v2", utc(2024, 3, 2, 23), "0031", False, "Spring webinar", "Webinar"),
    ]


def test_the_name_of_a_person_account_stays_in_raw(staged: Staged) -> None:
    assert staged.rows("salesforce__customers", "customer_id, name, segment, country") == [
        ("0011", "Ahorn GmbH", "Software", "Germany"),
        ("0012", None, None, "Germany"),
    ]
