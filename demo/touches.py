"""Sessions on the website: what people looked at before they asked, before they bought, or without ever doing so."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from demo.dice import Dice
from demo.files import Folder
from demo.funnel import Funnel
from demo.records import Lead
from demo.story import DAY, Campaign, Story


def write(folder: Folder, story: Story, funnel: Funnel) -> None:
    """One packed JSON Lines file a year; people are known by their e-mail address, visitors by a cookie."""
    sessions = sorted(_known(story, funnel) + _visitors(story), key=lambda s: (s["time"], str(s["person"])))
    for number, session in enumerate(sessions):
        session["session"] = f"s{number:07d}"
    for year in range(story.start.year, story.export.year + 1):
        rows = [session for session in sessions if session["time"].startswith(str(year))]
        taken = min(dt.datetime(year + 1, 1, 1, 5), story.export)
        if year == story.export.year:  # the clock of one device is wrong
            rows.append({**rows[-1], "time": "2038-01-19T03:14:07Z", "session": "s9999999"})
        folder.jsonl(f"sessions_{year}.jsonl.gz", taken, rows)


def _known(story: Story, funnel: Funnel) -> list[dict[str, Any]]:
    sessions = []
    for lead in funnel.leads:
        dice = Dice(story.seed, "touches", lead.id)
        if lead.disqualified == "Duplicate" or dice.chance(0.06):  # came by telephone
            continue
        tagged = lead.campaign if lead.tagged else None
        sessions.append(
            _session(lead.created - dt.timedelta(minutes=dice.whole(1, 25)), lead.person.email, tagged, dice)
        )
        for moment in _moments(lead, dice):
            if moment <= story.export:
                sessions.append(_session(moment, lead.person.email, _other(story, lead, moment, dice), dice))
    return sessions


def _moments(lead: Lead, dice: Dice) -> Iterator[dt.datetime]:
    """Earlier sessions, and some while a deal is open."""
    for _ in range(dice.count(1.1)):
        yield lead.created - dice.between(0.05, 40) * DAY
    for deal in lead.deals:
        for _ in range(dice.count(0.9)):
            yield deal.created + (deal.closed - deal.created) * dice.share()


def _other(story: Story, lead: Lead, moment: dt.datetime, dice: Dice) -> Campaign | None:
    """Newsletter, brand search or a direct visit more often once they know us."""
    running = (
        [c for c in story.campaigns if story.expected_leads(c, moment.date())] if moment.date() >= story.start else []
    )
    known = [
        c
        for c in running
        if c.name in ("brand_search", "organic", "direct", "monthly_newsletter", "retargeting_catalogue")
    ]
    choice = known if moment > lead.created or dice.chance(0.4) else running
    return dice.pick(choice) if choice else None


def _visitors(story: Story) -> list[dict[str, Any]]:
    """People who came and never asked."""
    sessions = []
    for day in story.days[:-1]:
        dice = Dice(story.seed, "visitors", day)
        running = [c for c in story.campaigns if story.expected_leads(c, day)]
        for number in range(dice.count(5 * story.scale)):
            moment = dt.datetime(day.year, day.month, day.day, dice.whole(5, 21), dice.whole(0, 59), dice.whole(0, 59))
            for _ in range(dice.whole(1, 2)):
                sessions.append(_session(moment, "", dice.pick(running), dice, f"c.{day:%y%m%d}.{number}"))
                moment = min(moment + dice.between(0.1, 6) * DAY, story.export - DAY / 24)
    return sessions


def _session(at: dt.datetime, email: str, campaign: Campaign | None, dice: Dice, cookie: str = "") -> dict[str, Any]:
    utm = campaign.utm if campaign else ()
    record: dict[str, Any] = {
        "session": "",
        "time": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "person": {"email": email} if email else {"cookie": cookie},
        "page": campaign.landing if campaign else "/",
    }
    if campaign and utm:
        name = campaign.name_on(at.date())
        record["utm"] = {"source": utm[0], "medium": utm[1], "campaign": name, "content": f"{name}_{dice.pick('ab')}"}
    return record
