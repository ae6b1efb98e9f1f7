"""Checks of the canonical leads, before anything is built on them."""

from decimal import Decimal

from data_checks.checks import Check, not_null, unique
from data_checks.suites import common, learned, unusual

LEADS = "intermediate.int_leads"

CHECKS = (
    Check(
        name="leads_key",
        table=LEADS,
        expects="Every lead has a key of its own",
        why="A lead would be counted twice or never",
        columns=(*unique("lead_key"), *not_null("lead_key")),
    ),
    Check(
        name="leads_required",
        table=LEADS,
        expects="Every lead has what it is counted by",
        why="It would be in no period or of no channel",
        columns=not_null("source", "created_at", "created_date", "owner", "channel", "campaign", "counts"),
    ),
    Check(
        name="leads_values",
        table=LEADS,
        expects="No lead is from the future, was answered before it came, or stands at an unknown stage",
        why="Durations and cohorts would be nonsense",
        rows="""
            select lead_key, created_date, response_seconds, stage_reached
            from {batch} cross join settings.workspace as workspace
            where created_date > workspace.today + 1
                or response_seconds < 0
                or stage_reached not in ('new', 'contacted', 'qualified', 'opportunity', 'won')
                or stage_reached is null
        """,
    ),
    Check(
        name="leads_duplicates",
        table=LEADS,
        expects="Every duplicate names the lead that stays, and that lead is none itself",
        why="A person would vanish from the funnel together with the duplicate",
        rows="""
            select duplicate.lead_key, duplicate.duplicate_of, duplicate.created_date
            from {batch} as duplicate
            left join {batch} as survivor on duplicate.duplicate_of = survivor.lead_key
            where duplicate.duplicate_of is not null
                and (survivor.lead_key is null or survivor.duplicate_of is not null or not duplicate.is_duplicate)
        """,
    ),
    common.none_lost("leads_none_lost", LEADS, "leads", "lead_key", "lead_id"),
    common.nothing_kept("leads_nothing_kept", LEADS, "leads"),
    common.refused_share("leads_refused_share", LEADS, "leads"),
    learned.freshness("leads_freshness", LEADS, "created_date", 7),
    learned.anomaly(
        "leads_volume", LEADS, "number of leads", "created_date",
        value="count(*)", where="not is_test", floor="sqrt(usual), 1", threshold="5",
    ),
    common.share(
        "leads_channel_unmapped",
        LEADS,
        expects="Nearly every lead belongs to a known channel: some rule knows what it says of where it came from",
        why="Its channel's cost per lead is too high: add a rule under `channels` in funnelmart.yml",
        bad="channel in ('unmapped', 'unattributed')",
        among="counts",
        sample="lead_key, created_date, source, utm_source, utm_medium",
        threshold="0.05",
    ),
    common.unmapped_stages(
        "leads_stage_unmapped", LEADS, "leads",
        unmapped="""
            stage is not null and lower(stage) not in (select stage_lower from settings.stages)
            and lower(stage) not in ('new', 'contacted', 'qualified', 'opportunity', 'won', 'lost')
        """,
    ),
    Check(
        name="leads_shared_contacts",
        table="intermediate.int_shared_contacts",
        expects="An e-mail address or telephone belongs to one person",
        why="Only leads of the same full name were joined by it; counted are the others that it would have joined",
        rows="""
            select left(contact, 12) as contact_begins, leads, people from {batch} where people > 1 order by people desc
        """,
        measure="select coalesce(sum(people - 1), 0) from {batch} where people > 1",
        severity="warning",
        threshold=Decimal(0),
    ),
    unusual.before_history("leads_before_history", LEADS, "leads", "lead_key", "created_date"),
    Check(
        name="leads_constant_date",
        table="intermediate.int_constant_dates",
        expects="The leads of a source were created on more than one day",
        why="It is the day of an import: no trend, curve or response is drawn from them",
        rows="select source, created_date, leads from {batch}",
        severity="warning",
        threshold=Decimal(0),
    ),
    common.count("leads_counted", LEADS, "leads that count", "counts"),
    common.count("leads_left_out", LEADS, "leads left out as duplicates, tests or deleted", "not counts"),
)  # fmt: skip
