"""Leads, visits and spend whose origin no rule places, and the channel that similar origins have."""

from decimal import Decimal
from typing import Any

import duckdb

from orchestration.settings import Settings
from orchestration.views.reader import rows
from orchestration.views.suggestions.suggestion import Change, Suggestion, is_ruled
from orchestration.views.suggestions.words import ALIKE, likeness, most_alike

_BY = ("utm_source", "utm_medium", "platform")
_ORIGINS = """
    with won as (
        select lead_key, sum(amount) as money from fct_deals where counts_won and lead_key is not null group by all
    ),
    origins as (
        select 'leads' as of, channel, lower(leads.utm_source) as utm_source, lower(leads.utm_medium) as utm_medium,
            null as platform, coalesce(won.money, 0) as money
        from fct_leads as leads left join won using (lead_key) where leads.counts
        union all
        select 'touches', channel, lower(utm_source), lower(utm_medium), null, 0 from fct_touches where not is_test
        union all
        select 'ad_spend', channel, lower(utm_source), lower(utm_medium), lower(platform), spend
        from fct_ad_spend where counts
    )
    select of, channel, utm_source, utm_medium, platform, count(*) as rows, cast(sum(money) as decimal(38, 2)) as money
    from origins where coalesce(utm_source, utm_medium, platform) is not null
    group by all order by all
"""
_NONE = ("unmapped", "unattributed")


def unmapped_channels(mart: duckdb.DuckDBPyConnection, settings: Settings) -> list[Suggestion]:
    """Of each origin its records; the channel of the likest origin, else the one whose name is like its source's."""
    origins = rows(mart, _ORIGINS)
    placed = [origin for origin in origins if origin["channel"] not in _NONE]
    made: dict[tuple[Any, ...], Suggestion] = {}
    for origin in origins:
        if origin["channel"] != "unmapped":
            continue
        when = {name: origin[name] for name in _BY if origin[name] is not None}
        if is_ruled(settings.channels, when):
            continue
        before = made.get(tuple(when.items()))
        count, money = origin["rows"], Decimal(origin["money"])
        if before:
            made[tuple(when.items())] = Suggestion(
                "channel", before.about, before.of, before.rows + count, before.money + money, before.similar,
                before.change,
            )  # fmt: skip
            continue
        channel, similar = _channel_of(origin, placed)
        change = Change(("channels",), item={"when": when, "channel": channel}) if channel else None
        about = " / ".join(when.values())
        made[tuple(when.items())] = Suggestion("channel", about, origin["of"], count, money, similar, change)
    return list(made.values())


def _channel_of(origin: dict[str, Any], placed: list[dict[str, Any]]) -> tuple[str | None, tuple[str, ...]]:
    """The channel, and what is alike: origins with a similar source and medium, else channels of a similar name."""
    rated = sorted(
        (-_rate(origin, other), -other["rows"], other["channel"], _named(other))
        for other in placed
        if _rate(origin, other) >= ALIKE
    )
    if rated:
        similar = dict.fromkeys(f"{name} ({channel})" for _, _, channel, name in rated)
        return rated[0][2], tuple(similar)[:3]
    named = most_alike(
        origin["utm_source"] or origin["platform"] or "", (other["channel"] for other in placed)
    )  # `yandex-direct` is like Yandex Direct
    return (named[0] if named else None), tuple(named)


def _rate(origin: dict[str, Any], other: dict[str, Any]) -> float:
    """How alike two origins are: their sources, and their mediums as far as both have one."""
    source, theirs = (one["utm_source"] or one["platform"] for one in (origin, other))
    if not source or not theirs:
        return 0.0
    media = (origin["utm_medium"], other["utm_medium"])
    medium = likeness(*media) if all(media) else 1.0 if media == (None, None) else 0.5
    return likeness(source, theirs) * (0.7 + 0.3 * medium) if likeness(source, theirs) >= ALIKE else 0.0


def _named(origin: dict[str, Any]) -> str:
    tags = [origin[name] for name in ("utm_source", "utm_medium") if origin[name] is not None]
    return " / ".join(tags) or str(origin["platform"])
