"""The way of every lead: created, answered, qualified, dealt with, won or lost, and perhaps back for more."""

import datetime as dt

from demo.dice import Dice
from demo.fx import FxRates
from demo.people import Person, new_person
from demo.records import Deal, Lead, Line, Refund
from demo.story import DAY, Campaign, Product, Story

HOURS = range(4, 22)  # UTC
HOUR_WEIGHTS = (2, 4, 7, 10, 11, 10, 9, 8, 9, 9, 8, 7, 6, 7, 8, 8, 6, 3)
STAGES = ("appointmentscheduled", "qualifiedtobuy", "presentationscheduled", "contractsent")
LOST_REASONS = ("Price", "No budget", "Competitor", "No answer", "Timing")
GRADES = ("A - High", "B - Medium", "C - Low", "D - None")


class Funnel:
    """Plays the story: `leads` in order of creation, each with its deals."""

    def __init__(self, story: Story, rates: FxRates) -> None:
        self.story, self.rates = story, rates
        self.leads: list[Lead] = []
        self._people = 0
        for day in story.days:
            for campaign in story.campaigns:
                dice = Dice(story.seed, "leads", campaign.name, day)
                for _ in range(dice.count(story.expected_leads(campaign, day))):
                    self._new_lead(campaign, day, dice)
        self.leads.sort(key=lambda lead: (lead.created, lead.person.number))
        self.deals = sorted((d for lead in self.leads for d in lead.deals), key=lambda d: (d.created, d.lead.created))
        for number, lead in enumerate(self.leads):
            lead.id = 51_000_001 + number * 3
        for number, deal in enumerate(self.deals):
            deal.id = 9_300_000_017 + number * 7

    def _new_lead(self, campaign: Campaign, day: dt.date, dice: Dice) -> None:
        created = _moment(day, dice.weighted(HOURS, HOUR_WEIGHTS), dice)
        if created > self.story.export:
            return
        self._people += 1
        person = new_person(self._people, dice)
        lead = self._lead(person, campaign, created, person.email, person.phone if dice.chance(0.8) else "", dice)
        self._work(lead, dice)
        if dice.chance(0.05):  # the same person asks again
            again = created + dice.between(0.1, 130) * DAY
            other = dice.pick(self.story.campaigns[:12])
            if again <= self.story.export and self.story.expected_leads(other, again.date()):
                way = dice.whole(0, 11)
                copy = self._lead(person, other, again, person.email_again(way), person.phone_again(way), dice)
                if dice.chance(0.4):
                    copy.disqualified = "Duplicate"
                elif again > created + 90 * DAY:
                    self._work(copy, dice)

    def _lead(self, person: Person, campaign: Campaign, at: dt.datetime, email: str, phone: str, dice: Dice) -> Lead:
        on_sale = [p for p in self.story.products if p.first <= at.date()]
        weights = [p.weight * (4 if campaign.landing[1:5] == p.category.lower()[:4] else 1) for p in on_sale]
        reps = [rep for rep in self.story.reps if rep.first <= at.date() <= rep.last]
        broken = self.story.events["broken_tracking"]
        tagged = not (campaign.platform == broken.change["platform"] and at.date() in broken)
        lead = Lead(person, campaign, at, dice.pick(reps), dice.weighted(on_sale, weights), email, phone, tagged)
        self.leads.append(lead)
        return lead

    def _work(self, lead: Lead, dice: Dice) -> None:
        """What sales does with the lead: answer it, qualify it, make a deal of it."""
        slow = self.story.events["slow_quarter"]
        is_slow, campaign = lead.created.date() in slow, lead.campaign
        chance = campaign.qualified
        if dice.chance(0.10 if is_slow else 0.03):
            chance = 0.02  # never answered
        else:
            minutes = dice.lognormal(lead.owner.answer * (slow.change["answer"] if is_slow else 1), 0.9)
            lead.answered = _within_hours(lead.created, dice) + dt.timedelta(seconds=int(minutes * 60))
            chance *= 0.7 if lead.answered > lead.created + 2 * DAY else 1
        if not dice.chance(chance):
            if lead.answered and dice.chance(0.5):
                lead.disqualified = dice.pick(("No need", "Private student", "Wrong number", "Budget too small"))
            lead.grade = dice.weighted(GRADES, (0, 1, 14, 60)) if lead.answered and dice.chance(0.6) else ""
            return
        lead.grade = dice.weighted(GRADES, (40, 45, 15, 0))
        lead.qualified = (lead.answered or lead.created) + dt.timedelta(seconds=dice.whole(600, 4 * 86400))
        if dice.chance(campaign.deal):
            won = campaign.won * lead.owner.skill * (slow.change["won"] if is_slow else 1)
            push = self.story.events["raffle_push"]
            won *= push.change["won"] if lead.created.date() in push and campaign.name == push.change["campaign"] else 1
            self._deal(
                lead, lead.qualified + dt.timedelta(seconds=dice.whole(300, 5 * 86400)), won, lead.interest, dice
            )

    def _deal(self, lead: Lead, created: dt.datetime, chance: float, product: Product, dice: Dice) -> None:
        if created > self.story.export:
            return
        owner = (
            lead.owner
            if lead.owner.last >= created.date()
            else dice.pick([r for r in self.story.reps if r.last.year > 2099])
        )
        won = dice.chance(min(chance, 0.95))
        days = dice.lognormal(15 if product.price < 600 else 24, 0.7) * (dice.between(4, 9) if dice.chance(0.05) else 1)
        stages = STAGES if won else STAGES[: dice.whole(1, 4)]
        moments = [created + days * share * DAY for share in (0, 0.25, 0.55, 0.8)][: len(stages)]
        outcome = "closedwon" if won else "closedlost"
        entered = [*zip(moments, stages, strict=True), (created + days * DAY, outcome)]
        entered = [(moment.replace(microsecond=0), stage) for moment, stage in entered]
        currency = dice.weighted(
            ("EUR", "CHF", "USD"), (0, 9, 1) if lead.person.country == "Switzerland" else (96, 0, 4)
        )
        deal = Deal(
            lead, entered[0][0], owner, currency, self._lines(lead, product, created, currency, dice), entered, won
        )
        lead.deals.append(deal)
        if not won:
            deal.lost_reason = dice.weighted(LOST_REASONS, (30, 22, 18, 20, 10))
            return
        if dice.chance(0.035):
            cents = deal.cents * dice.whole(20, 100) // 100
            deal.refund = Refund((deal.closed + dice.between(4, 40) * DAY).replace(microsecond=0), cents)
        elif dice.chance(0.26):  # comes back
            others = [p for p in self.story.products if p is not product and p.first <= deal.closed.date()]
            again = product if dice.chance(0.45) else dice.weighted(others, [p.weight for p in others])
            self._deal(lead, (deal.closed + dice.between(30, 330) * DAY).replace(microsecond=0), 0.74, again, dice)

    def _lines(self, lead: Lead, product: Product, at: dt.datetime, currency: str, dice: Dice) -> list[Line]:
        products = [product]
        if dice.chance(0.22):
            products.append(dice.pick([p for p in self.story.products if p is not product and p.first <= at.date()]))
        lines = []
        for item in products:
            units = max(1, round(dice.lognormal(item.units * lead.campaign.check, 0.6)))
            price = self.rates.from_eur(item.price * 100, currency, at.date())
            discount = units * price * dice.pick((0, 0, 0, 5, 10)) // 100 if units > 2 else 0
            lines.append(Line(item, units, price, discount))
        return lines


def _moment(day: dt.date, hour: int, dice: Dice) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, dice.whole(0, 59), dice.whole(0, 59))


def _within_hours(moment: dt.datetime, dice: Dice) -> dt.datetime:
    """The moment itself within working hours (Monday to Saturday, 6 to 18 UTC), else soon after they begin."""
    if moment.weekday() < 6 and 6 <= moment.hour < 18:
        return moment
    day = moment.date() if moment.hour < 6 else moment.date() + DAY
    return _moment(day if day.weekday() < 6 else day + DAY, 6, dice)
