"""A company small enough to work out every KPI by hand: the rows that the intermediate step would hand to the marts.

Three months (January to 15 March 2024, UTC), three channels, two sales representatives, three products. Among them the
cases that are easily counted wrongly: a deal shared by three channels, a won deal without amount, a refund in a later
month, a customer who comes back, a lead not yet due, a response from before the lead, a cost that ends after today.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

import duckdb

Row = Mapping[str, Any]

WORKSPACE: Row = {
    "company": "Small", "reporting_currency": "EUR", "timezone": "UTC", "week_start": "monday", "locale": "en",
    "today": "2024-03-15", "now_at": "2024-03-15 12:00:00", "sla_minutes": 60, "gross_margin": 0.7,
    "default_model": "linear", "lookback_days": 90, "deduplicate_days": 90, "half_life_days": 7,
}  # fmt: skip


# How far each lead came; L6 is a duplicate.
REACHED = {
    "L1": "won", "L2": "contacted", "L3": "qualified", "L4": "won", "L5": "new", "L6": "qualified", "L7": "contacted",
}  # fmt: skip


def spend(key: str, date: str, channel: str, campaign: str, impressions: int, clicks: int, amount: float) -> Row:
    return {
        "spend_key": key, "date": date, "source": "ads", "platform": channel, "account_id": "1",
        "campaign_id": campaign, "channel": channel, "campaign": campaign, "channel_is_paid": True,
        "impressions": impressions, "clicks": clicks, "spend": amount, "spend_source": amount, "currency": "EUR",
        "is_remainder": False, "is_test": False, "counts": True,
    }  # fmt: skip


def lead(
    key: str, created_at: str, channel: str, campaign: str, owner: str, product: str, *, qualified: bool, **more: Any
) -> Row:
    return {
        "lead_key": key, "source": "crm", "lead_id": key, "person_key": key, "created_at": created_at,
        "created_at_is_date": False, "created_date": created_at[:10], "channel": channel, "campaign": campaign,
        "channel_is_paid": channel in ("Google", "Meta"), "owner": owner, "product": product, "is_qualified": qualified,
        "is_lost": False, "is_deleted": False, "is_test": False, "is_duplicate": False, "counts": True,
        "stage_reached": REACHED[key], **more,
    }  # fmt: skip


def deal(
    key: str, status: str, created_date: str, closed_date: str | None, customer: str, owner: str, **more: Any
) -> Row:
    return {
        "deal_key": key, "source": "crm", "deal_id": key, "lead_is_unknown": False, "person_key": customer,
        "customer_key": customer, "created_at": created_date, "created_at_is_date": False, "created_date": created_date,
        "created_at_is_estimated": False, "owner": owner, "status": status, "is_won": status == "won",
        "is_lost": status == "lost", "closed_at": closed_date, "closed_at_is_date": False, "closed_date": closed_date,
        "closed_at_is_estimated": False, "channel": "unattributed", "campaign": "(none)", "channel_is_paid": False,
        "product": "(none)", "is_deleted": False, "is_test": False, "counts_won": status == "won",
        "counts_open": status == "open", "counts_lost": status == "lost", "flags": "", **more,
    }  # fmt: skip


def line(
    deal_key: str, line_id: str, product: str, share: float, amount: Any, units: Any, cost: Any, estimated: bool
) -> Row:
    return {
        "deal_key": deal_key, "line_id": line_id, "product": product, "share": share, "amount": amount, "units": units,
        "cost_of_goods": cost, "cost_is_estimated": estimated, "is_synthetic": False,
    }  # fmt: skip


def line_value(deal_key: str, line_id: str, product: str, share: float, created: Any, today: Any) -> Row:
    return {
        "deal_key": deal_key, "line_id": line_id, "product": product, "share": share, "amount_when_created": created,
        "amount_today": today,
    }  # fmt: skip


def weighted(end_date: str, channel: str, sales_rep: str, product: str, amount: float) -> Row:
    campaign = "Brand" if channel == "Google" else "(none)"
    return {
        "end_date": end_date, "channel": channel, "campaign": campaign, "sales_rep": sales_rep, "product": product,
        "unknown": 0, "weighted_pipeline": amount,
    }  # fmt: skip


def cost(key: str, start: str, days: int, daily: Any, department: str, cost_type: str, **more: Any) -> Iterator[Row]:
    first = dt.date.fromisoformat(start)
    for day in range(days):
        yield {
            "cost_key": key, "date": first + dt.timedelta(day), "source": "sheets", "cost_type": cost_type,
            "department": department, "start_date": first, "end_date": first + dt.timedelta(days - 1),
            "amount": daily[day] if isinstance(daily, list) else daily, "is_test": False, "counts": True, **more,
        }  # fmt: skip


def credit(deal_key: str, channel: str, campaign: str, share: str, revenue: str) -> Row:
    return {
        "deal_key": deal_key, "model": "linear", "channel": channel, "campaign": campaign, "credit": share,
        "revenue": revenue,
    }  # fmt: skip


def periods(first: dt.date, last: dt.date, today: dt.date) -> Iterator[Row]:
    """Weeks from Monday; what intermediate makes of the calendar."""
    for day in (first + dt.timedelta(n) for n in range((last - first).days + 1)):
        quarter = dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        starts = {
            "day": (day, day),
            "week": (day - dt.timedelta(day.weekday()), day + dt.timedelta(6 - day.weekday())),
            "month": (day.replace(day=1), (day.replace(day=28) + dt.timedelta(4)).replace(day=1) - dt.timedelta(1)),
            "quarter": (quarter, (quarter + dt.timedelta(95)).replace(day=1) - dt.timedelta(1)),
            "year": (dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)),
        }
        for grain, (start, end) in starts.items():
            row = {"date": day, "grain": grain, "period_start": start, "period_end": end}
            yield {**row, "is_complete": end < today, "has_come": day <= today}


TABLES: dict[str, list[Row]] = {
    "int_ad_spend": [
        spend("S1", "2024-01-10", "Google", "Brand", 1000, 100, 300),
        spend("S2", "2024-02-10", "Google", "Brand", 500, 20, 100),
        spend("S3", "2024-02-11", "Meta", "Spring", 2000, 40, 200),
        {**spend("S4", "2024-02-12", "Test", "Test", 9, 9, 999), "is_test": True, "counts": False},
    ],
    "int_marketing_costs": [
        *cost("salaries", "2024-01-01", 31, 10, "marketing", "salaries"),  # 310.00
        *cost("tools", "2024-02-01", 29, [3.44] * 28 + [3.68], "marketing", "tools"),  # 100.00
        *cost("content", "2024-02-01", 29, 1, "marketing", "content"),  # 29.00, no channel
        *cost("sellers", "2024-02-01", 29, 10, "sales", "salaries"),  # 290.00
        *cost("agency", "2024-03-01", 31, 10, "marketing", "agency"),  # 310.00, 16 of 31 days after today
    ],
    "int_leads": [
        lead("L1", "2024-01-05 10:00", "Google", "Brand", "Ann", "A", qualified=True, response_seconds=1800,
             first_response_at="2024-01-05 10:30"),
        lead("L2", "2024-01-20 10:00", "Google", "Brand", "Bob", "A", qualified=False, response_seconds=7200,
             first_response_at="2024-01-20 12:00"),
        lead("L3", "2024-02-03 10:00", "Meta", "Spring", "Ann", "B", qualified=True),  # never answered
        lead("L4", "2024-02-12 10:00", "Organic", "(none)", "Bob", "(none)", qualified=True, response_seconds=600,
             first_response_at="2024-02-12 10:10"),
        lead("L5", "2024-03-15 11:30", "Google", "Brand", "Ann", "A", qualified=False),  # half an hour ago
        lead("L6", "2024-02-20 10:00", "Google", "Brand", "Ann", "A", qualified=True, is_duplicate=True, counts=False),
        lead("L7", "2024-03-02 10:00", "Meta", "Spring", "Bob", "B", qualified=False,
             first_response_at="2024-03-02 09:00"),  # "answered" before it came: says nothing about speed
    ],
    "int_deals": [
        deal("D1", "won", "2024-01-26", "2024-02-05", "X", "Ann", lead_key="L1", amount=1000, units=4, product="A",
             cost_of_goods=320, cycle_seconds=10 * 86400, channel="Google", campaign="Brand", channel_is_paid=True),
        deal("D2", "won", "2024-02-13", "2024-02-20", "Y", "Bob", lead_key="L4", channel="Organic",
             closed_at_is_date=True, closed_at_is_estimated=True),  # without amount, closing date estimated
        deal("D3", "won", "2024-02-26", "2024-03-01", "X", "Ann", amount=500, units=2, product="A", cost_of_goods=100,
             cycle_seconds=4 * 86400),
        deal("D4", "won", "2024-03-08", "2024-03-10", "X", "Bob", amount=200, product="C", cost_of_goods=60,
             cycle_seconds=2 * 86400),
        deal("D5", "lost", "2024-02-04", "2024-02-25", "L3", "Ann", lead_key="L3", amount=300, product="B",
             channel="Meta", campaign="Spring", channel_is_paid=True),
        deal("D6", "open", "2024-02-15", None, "L2", "Bob", lead_key="L2", amount=700, product="A", channel="Google",
             campaign="Brand", channel_is_paid=True),
        deal("D7", "won", "2024-02-01", "2024-02-02", "Z", "Ann", amount=9999, is_test=True, counts_won=False),
    ],
    "int_deal_lines": [
        line("D1", "1", "A", 0.6, 600, 3, 200, False),
        line("D1", "2", "B", 0.4, 400, 1, 120, True),
        line("D2", "(deal)", "(none)", 1, None, None, None, True),
        line("D3", "(deal)", "A", 1, 500, 2, 100, False),
        line("D4", "(deal)", "C", 1, 200, None, 60, True),
        line("D5", "(deal)", "B", 1, 300, None, 90, True),
        line("D6", "(deal)", "A", 1, 700, None, 210, True),
        line("D7", "(deal)", "A", 1, 9999, 1, 0, True),
    ],
    "int_deal_values": [
        {"deal_key": "D1", "source": "crm", "amount_when_created": 950, "amount_today": 1000},  # dearer today
        {"deal_key": "D3", "source": "crm", "amount_when_created": 500, "amount_today": 500},
        {"deal_key": "D4", "source": "crm", "amount_when_created": 200, "amount_today": 200},
        {"deal_key": "D5", "source": "crm", "amount_when_created": 300, "amount_today": 300},
        {"deal_key": "D6", "source": "crm", "amount_when_created": 700, "amount_today": 720},
    ],
    "int_deal_line_values": [
        line_value("D1", "1", "A", 0.6, 570, 600),
        line_value("D1", "2", "B", 0.4, 380, 400),
        line_value("D2", "(deal)", "(none)", 1, None, None),
        line_value("D3", "(deal)", "A", 1, 500, 500),
        line_value("D4", "(deal)", "C", 1, 200, 200),
        line_value("D5", "(deal)", "B", 1, 300, 300),
        line_value("D6", "(deal)", "A", 1, 700, 720),
    ],
    "int_weighted_pipeline": [
        weighted("2024-01-31", "Google", "Ann", "A", 240),
        weighted("2024-01-31", "Google", "Ann", "B", 160),
        weighted("2024-02-29", "unattributed", "Ann", "A", 300),
        weighted("2024-02-29", "Google", "Bob", "A", 432),
        weighted("2024-03-15", "Google", "Bob", "A", 360),
    ],
    "int_weighted_pipeline_days": [
        {"end_date": "2024-01-31", "unknown": 0, "weighted_pipeline": 400},
        {"end_date": "2024-02-29", "unknown": 0, "weighted_pipeline": 732},
        {"end_date": "2024-03-15", "unknown": 0, "weighted_pipeline": 360},
    ],
    "int_refunds": [
        {"refund_key": "R1", "source": "crm", "refund_id": "R1", "deal_key": "D1", "deal_is_unknown": False,
         "refunded_at": "2024-03-05 10:00", "refunded_at_is_date": False, "refunded_date": "2024-03-05", "amount": 100,
         "units": 1, "counts": True},
    ],
    "int_customers": [
        {"customer_key": "X", "first_deal_key": "D1", "first_won_at": "2024-02-05", "first_won_date": "2024-02-05",
         "won_deals": 3, "channel": "Google", "campaign": "Brand", "first_won_is_estimated": False},
        {"customer_key": "Y", "first_deal_key": "D2", "first_won_at": "2024-02-20", "first_won_date": "2024-02-20",
         "won_deals": 1, "channel": "Organic", "campaign": "(none)", "first_won_is_estimated": True},
    ],
    "int_attribution_credits": [
        credit("D1", "Google", "Brand", "0.333333333", "333.33"),
        credit("D1", "Meta", "Spring", "0.333333333", "333.33"),
        credit("D1", "Organic", "(none)", "0.333333334", "333.34"),
        credit("D2", "Organic", "(none)", "1", "0"),
        credit("D3", "unattributed", "(none)", "1", "500"),
        credit("D4", "unattributed", "(none)", "1", "200"),
    ],
    "int_periods": list(periods(dt.date(2024, 1, 1), dt.date(2024, 3, 31), dt.date(2024, 3, 15))),
}  # fmt: skip


def fill(connection: duckdb.DuckDBPyConnection) -> None:
    """Put the company into the intermediate tables of a warehouse in which all models have been built."""
    insert(connection, "settings.workspace", [WORKSPACE])
    for table, rows in TABLES.items():
        insert(connection, f"intermediate.{table}", rows)


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[Row]) -> None:
    """Replace a table's rows; columns that a row does not name are null."""
    connection.execute(f"delete from {table}")
    for row in rows:
        columns = ", ".join(row)
        marks = ", ".join("?" for _ in row)
        connection.execute(f"insert into {table} ({columns}) values ({marks})", list(row.values()))
