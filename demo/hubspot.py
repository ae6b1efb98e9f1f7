"""HubSpot as a connector lands it: what the CRM knew when each of two extracts was taken."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from demo import flaws
from demo.files import Folder, money
from demo.funnel import Funnel
from demo.records import Deal, Lead
from demo.story import Story

PORTAL = "26114477"
PIPELINE = "default"
NEVER = dt.datetime(2, 1, 1)
CONTACT = (
    "_fivetran_deleted _fivetran_synced id property_email property_phone property_firstname property_lastname "
    "property_company property_jobtitle property_country property_createdate property_lastmodifieddate "
    "property_lifecyclestage property_hs_lead_status property_hubspot_owner_id property_hs_sa_first_engagement_date "
    "property_hs_lifecyclestage_salesqualifiedlead_date property_lead_grade property_disqualified_reason "
    "property_product_interest property_hs_analytics_source property_hs_analytics_first_url property_utm_source "
    "property_utm_medium property_utm_campaign property_utm_content property_utm_term property_utm_id "
    "property_hs_merged_object_ids"
)
DEAL = (
    "deal_id is_deleted _fivetran_synced deal_pipeline_id deal_pipeline_stage_id owner_id portal_id property_dealname "
    "property_amount property_deal_currency_code property_createdate property_closedate property_hs_lastmodifieddate "
    "property_closed_lost_reason property_sku property_number_of_units property_hs_deal_stage_probability"
)
STAGES = (  # id, label, probability, won, closed
    ("appointmentscheduled", "Appointment scheduled", "0.2", "FALSE", "FALSE"),
    ("qualifiedtobuy", "Qualified to buy", "0.4", "FALSE", "FALSE"),
    ("presentationscheduled", "Presentation scheduled", "0.6", "FALSE", "FALSE"),
    ("contractsent", "Contract sent", "0.9", "FALSE", "FALSE"),
    ("closedwon", "Closed won", "1.0", "TRUE", "TRUE"),
    ("closedlost", "Closed lost", "0.0", "FALSE", "TRUE"),
)
PROBABILITY = {row[0]: row[2] for row in STAGES}
ANALYTICS = {
    "cpc": "PAID_SEARCH",
    "display": "OTHER_CAMPAIGNS",
    "paid_social": "PAID_SOCIAL",
    "social": "SOCIAL_MEDIA",
    "organic": "ORGANIC_SEARCH",
    "email": "EMAIL_MARKETING",
    "referral": "REFERRALS",
    "offline-print": "OFFLINE",
}


def write(folder: Folder, story: Story, funnel: Funnel) -> None:
    """Two extracts of contacts and deals (the second holds what changed since), and the small tables."""
    previous = NEVER
    for taken, packed in ((story.first_crm_export, ".gz"), (story.export, "")):
        day = f"{taken:%Y%m%d}"
        contacts = flaws.contacts(
            [contact(lead, taken) for lead in funnel.leads if changed(lead, previous, taken)], previous == NEVER
        )
        folder.csv(f"contact_data_{day}.csv{packed}", taken, CONTACT, contacts)
        deals = flaws.deals([deal(d, taken) for d in funnel.deals if changed(d, previous, taken)], previous == NEVER)
        folder.csv(f"deal_data_{day}.csv{packed}", taken, DEAL, deals)
        new = [d for d in funnel.deals if previous < d.created <= taken]
        rows = [(d.lead.id, d.id, _time(taken), "3", "HUBSPOT_DEFINED") for d in new]
        folder.csv(f"deal_contact_data_{day}.csv", taken, "contact_id deal_id _fivetran_synced type_id category", rows)
        header = (
            "_fivetran_start deal_id _fivetran_active _fivetran_end _fivetran_synced date_entered source "
            "source_id value"
        )
        history = (row for d in funnel.deals if changed(d, previous, taken) for row in stages(d, taken))
        folder.csv(f"deal_stage_data_{day}.csv", taken, header, history)
        previous = taken
    _small_tables(folder, story, funnel)


def times(record: Lead | Deal, at: dt.datetime) -> Iterator[dt.datetime]:
    """When something about the record became known, up to `at`."""
    if isinstance(record, Deal):
        moments: list[dt.datetime | None] = [moment for moment, _ in record.entered]
    else:
        moments = [record.created, record.answered, record.qualified]
        moments += [moment for d in record.deals for moment in (d.created, d.closed)]
    return (moment for moment in moments if moment and moment <= at)


def changed(record: Lead | Deal, after: dt.datetime, until: dt.datetime) -> bool:
    """Whether the record was made or changed between two extracts."""
    return max(times(record, until), default=NEVER) > after


def contact(lead: Lead, at: dt.datetime) -> list[Any]:
    """The contact's row as of this moment."""

    def known(moment: dt.datetime | None) -> str:
        return _time(moment) if moment and moment <= at else ""

    person, utm, campaign = lead.person, lead.campaign.utm if lead.tagged else (), lead.campaign
    if any(d.won and d.closed <= at for d in lead.deals):
        stage = "customer"
    elif any(d.created <= at for d in lead.deals):
        stage = "opportunity"
    else:
        stage = (
            "salesqualifiedlead"
            if known(lead.qualified)
            else "marketingqualifiedlead"
            if known(lead.answered)
            else "lead"
        )
    status = "UNQUALIFIED" if lead.disqualified else "CONNECTED" if known(lead.answered) else "NEW"
    first, second = (
        f"{campaign.name_on(lead.created.date())}_{'ab'[lead.id % 2]}",
        campaign.landing.strip("/") or "home",
    )
    tags = [*utm, campaign.name_on(lead.created.date()), first, second, campaign.id] if utm else [""] * 6
    return [
        "FALSE", _time(at), lead.id, lead.email, lead.phone, person.first_name, person.last_name, person.company,
        person.job, person.country, _time(lead.created), _time(max(times(lead, at))), stage, status, lead.owner.id,
        known(lead.answered), known(lead.qualified), lead.grade if known(lead.answered) else "", lead.disqualified,
        lead.interest.id,
        ANALYTICS[utm[1]] if utm else "DIRECT_TRAFFIC", f"https://www.standfest.example{campaign.landing}", *tags, "",
    ]  # fmt: skip


def deal(record: Deal, at: dt.datetime) -> list[Any]:
    """The deal's row as of this moment; an open one carries the date at which sales expects it to close."""
    stage, line = record.stage(at), record.lines[0]
    name = f"{record.lead.person.company or record.lead.person.last_name} · {line.product.name}"
    return [
        record.id, "false", _time(at), PIPELINE, stage, record.owner.id, PORTAL, name, money(record.cents),
        record.currency, _time(record.created), _time(record.closed), _time(max(times(record, at))),
        record.lost_reason if stage == "closedlost" else "", line.product.id, sum(one.units for one in record.lines),
        PROBABILITY[stage],
    ]  # fmt: skip


def stages(record: Deal, at: dt.datetime) -> Iterator[list[Any]]:
    """The stages the deal had entered up to this moment."""
    entered = [step for step in record.entered if step[0] <= at]
    for number, (moment, stage) in enumerate(entered):
        last = number == len(entered) - 1
        end = "9999-12-31 23:59:59" if last else _time(entered[number + 1][0])
        yield [
            _time(moment),
            record.id,
            str(last).upper(),
            end,
            _time(at),
            _time(moment),
            "CRM_UI",
            record.owner.id,
            stage,
        ]


def _small_tables(folder: Folder, story: Story, funnel: Funnel) -> None:
    taken, synced = story.export, _time(story.export)
    made = "2023-05-02 08:00:00"
    stage_header = (
        "_fivetran_deleted _fivetran_synced active closed_won is_closed display_order probability stage_id label "
        "pipeline_id created_at updated_at"
    )
    rows: list[list[Any]] = [
        ["FALSE", synced, "TRUE", won, closed, order, probability, stage, label, PIPELINE, made, made]
        for order, (stage, label, probability, won, closed) in enumerate(STAGES)
    ]
    folder.csv("deal_pipeline_stage_data.csv", taken, stage_header, rows)
    owners = []
    for rep in story.reps:
        first, last = rep.name.split(" ")
        email = f"{first}.{last}@standfest.example".lower().replace("ä", "ae")
        owners.append([rep.id, synced, made, PORTAL, "PERSON", made, email, first, last, rep.id[-4:]])
    header = "owner_id _fivetran_synced created_at portal_id type updated_at email first_name last_name active_user_id"
    folder.csv("owner_data.csv", taken, header, owners)
    merges = [
        [keep, keep, gone, synced, "", "", "", 4, _time(when), ""] for keep, gone, when in flaws.merges(funnel.leads)
    ]
    header = (
        "canonical_vid contact_id vid_to_merge _fivetran_synced entity_id first_name last_name "
        "num_properties_moved timestamp user_id"
    )
    folder.csv("contact_merge_audit_data.csv", taken, header, merges)
    pairs = [[keep, gone, synced] for keep, gone in flaws.merged_deals(funnel.deals)]
    folder.csv("merged_deal_data.csv", taken, ["deal_id", "merged_deal_id", "_fivetran_synced"], pairs)


def _time(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")
