"""funnelmart.yml as small tables of schema `settings`, which models join: settings never become SQL text."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import duckdb

from orchestration.extracts.own_source import names_source, own_source
from orchestration.extracts.source_specs import SourceSpec
from orchestration.extracts.sources import SHEETS, load_sources
from orchestration.settings import CampaignRule, ChannelRule, Settings

Rows = list[tuple[Any, ...]]

_TABLES = {
    "workspace": """company varchar, reporting_currency varchar, timezone varchar, locale varchar, week_start varchar,
        today date, now_at timestamp, deduplicate_days integer, phone_region varchar, sla_minutes integer,
        lookback_days integer, default_model varchar, half_life_days decimal(9, 3), gross_margin decimal(9, 6),
        history_from date""",
    "sources": "source varchar, timezone varchar, currency varchar",
    "stages": "stage varchar, stage_lower varchar, meaning varchar",
    "channel_rules": """rule_no integer, field varchar, value_lower varchar, field_count integer,
        channel varchar, paid boolean""",
    "campaign_rules": """rule_no integer, field varchar, value_lower varchar, field_count integer,
        campaign varchar, account varchar""",
    "record_rules": "rule varchar, field varchar, value_lower varchar",
    "product_margins": "product varchar, gross_margin decimal(9, 6)",
    "thresholds": "name varchar, threshold decimal(18, 6), severity varchar",
    "business_hours": "weekday integer, opens_second integer, closes_second integer",
    "holidays": "date date",
}


def land_settings(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    now: dt.datetime,
    sources: Mapping[str, SourceSpec] | None = None,
) -> None:
    """Replace the settings tables by what `settings` says, all in one transaction.

    `now` (aware) is the start of the run; the reporting day is derived from it unless the settings fix it.
    """
    rows: dict[str, Rows] = {
        "workspace": [_workspace(settings, now)],
        "sources": list(_sources(settings, load_sources() if sources is None else sources)),
        "stages": [(stage, stage.lower(), meaning) for stage, meaning in settings.stages.items()],
        "channel_rules": list(_rules((rule, (rule.channel, rule.paid)) for rule in settings.channels)),
        "campaign_rules": list(_rules((rule, (rule.campaign, rule.account)) for rule in settings.campaigns)),
        "record_rules": list(_record_rules(settings)),
        "product_margins": [
            (product, margin) for product, margin in _margins(settings).items() if product != "default"
        ],
        "thresholds": [
            (name, check.threshold, check.severity) for name, check in {**settings.checks, **settings.findings}.items()
        ],
        "business_hours": list(settings.calendar.hours()),
        "holidays": [(day,) for day in settings.calendar.holidays],
    }
    connection.begin()
    try:
        connection.execute("create schema if not exists settings")
        for table, columns in _TABLES.items():
            connection.execute(f"create or replace table settings.{table} ({columns})")
            if rows[table]:
                marks = ", ".join("?" for _ in rows[table][0])
                connection.executemany(f"insert into settings.{table} values ({marks})", rows[table])
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _workspace(settings: Settings, now: dt.datetime) -> tuple[Any, ...]:
    reporting, attribution = settings.reporting, settings.attribution
    return (
        settings.company,
        reporting.currency,
        reporting.timezone,
        reporting.locale,
        reporting.week_start,
        settings.today(now),
        now.astimezone(dt.UTC).replace(tzinfo=None),
        settings.leads.deduplicate_days,
        settings.leads.phone_region,
        settings.sla_minutes,
        attribution.lookback_days,
        attribution.default_model,
        attribution.half_life_days,
        _margins(settings).get("default", Decimal(1)),
        settings.history_from,
    )


def _margins(settings: Settings) -> dict[str, Decimal]:
    margin = settings.economics.gross_margin
    return margin if isinstance(margin, dict) else {"default": margin}


def _sources(settings: Settings, sources: Mapping[str, SourceSpec]) -> Iterator[tuple[Any, ...]]:
    """One row for each name that can stand in a row's `source`; the sheets' own zones are applied when they land."""
    reporting = settings.reporting
    names = {SHEETS, *(sheet.constants["source"] for sheet in settings.sheets if "source" in sheet.constants)}
    names |= {own_source(settings, n) for n, sheet in enumerate(settings.sheets) if not names_source(sheet)}
    for name, source in settings.sources.items():
        declared = sources[name].timezone if name in sources else None
        yield name, source.timezone or declared or "UTC", source.currency or reporting.currency
    for name in sorted(names - set(settings.sources)):
        yield name, reporting.timezone, reporting.currency


def _rules(rules: Iterable[tuple[ChannelRule | CampaignRule, tuple[Any, ...]]]) -> Iterator[tuple[Any, ...]]:
    """One row for each value of each condition, with what the rule gives."""
    for number, (rule, gives) in enumerate(rules, start=1):
        for field, values in rule.when.items():
            for value in values:
                yield number, field, value.lower(), len(rule.when), *gives


def _record_rules(settings: Settings) -> Iterator[tuple[Any, ...]]:
    named = {
        "qualified": settings.qualified_when,
        "duplicate": settings.duplicate_when,
        "test": settings.test_when,
    }
    for rule, fields in named.items():
        for field, values in fields.items():
            for value in values:
                yield rule, field, value.lower()
