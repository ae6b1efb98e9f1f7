"""Settings as small tables."""

import datetime as dt

from orchestration.extracts.land.land_settings import land_settings
from tests.orchestration.extracts.conftest import Workspace

NOW = dt.datetime(2024, 6, 30, 23, 30, tzinfo=dt.UTC)


def test_settings_become_tables_and_are_replaced(workspace: Workspace) -> None:
    workspace.write("extracts/x.csv", "")
    settings = workspace.settings(
        reporting={"timezone": "Europe/Berlin", "currency": "EUR"},
        sources={
            "google_ads": {"path": "extracts", "currency": "USD"},
            "sheets": [{"entity": "deals", "files": "extracts/x.csv", "constants": {"source": "zoho"}}],
        },
        stages={"Payment Done": "won"},
        channels=[
            {"when": {"utm_source": ["Yandex", "ya"], "utm_medium": "cpc"}, "channel": "Yandex Direct", "paid": True}
        ],
        campaigns=[{"when": {"utm_campaign": "brand-may"}, "campaign": "Brand DE", "account": "12"}],
        test_when={"channel": ["Test"]},
        economics={"gross_margin": {"default": "0.5", "GTX Pro": "0.75"}},
        checks={"freshness": {"threshold": 3, "severity": "critical"}},
    )
    for _ in range(2):
        land_settings(workspace.connection, settings, NOW)
    assert workspace.rows("select company, today, now_at, gross_margin from settings.workspace") == [
        ("Acme", "2024-07-01", "2024-06-30 23:30:00+00", "0.5")
    ]
    assert workspace.rows("from settings.sources") == [
        ("google_ads", "UTC", "USD"),
        ("sheets", "Europe/Berlin", "EUR"),
        ("zoho", "Europe/Berlin", "EUR"),
    ]
    assert workspace.rows("from settings.stages") == [("Payment Done", "payment done", "won")]
    assert workspace.rows("from settings.channel_rules") == [
        (1, "utm_source", "yandex", 2, "Yandex Direct", True),
        (1, "utm_source", "ya", 2, "Yandex Direct", True),
        (1, "utm_medium", "cpc", 2, "Yandex Direct", True),
    ]
    assert workspace.rows("from settings.campaign_rules") == [(1, "utm_campaign", "brand-may", 1, "Brand DE", "12")]
    assert workspace.rows("from settings.record_rules") == [("test", "channel", "test")]
    assert workspace.rows("from settings.product_margins") == [("GTX Pro", "0.75")]
    assert workspace.rows("from settings.thresholds") == [("freshness", "3", "critical")]
