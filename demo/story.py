"""The story (`generator.yml`) as typed objects: who sells what, through which campaigns, and what happens."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

DAY = dt.timedelta(days=1)
STORY_FILE = Path(__file__).parent / "generator.yml"


@dataclass(frozen=True)
class Window:
    """A stretch of days, both ends included, with the figures of what is different in it."""

    first: dt.date
    last: dt.date
    change: dict[str, Any]

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Campaign:
    """One way in which leads come: paid where it has a platform."""

    name: str
    utm: tuple[str, ...]
    leads: float
    qualified: float
    deal: float
    won: float
    check: float
    landing: str
    id: str = ""
    platform: str = ""
    cost: float = 0
    click: float = 0
    ctr: float = 0
    levels: str = "ad"
    first: dt.date = dt.date.min
    monthly_growth: float = 0
    only_months: tuple[int, ...] = ()
    new_name: str = ""
    renamed_on: dt.date = dt.date.max

    def name_on(self, day: dt.date) -> str:
        """The campaign's name on this day."""
        return self.new_name if day >= self.renamed_on else self.name


@dataclass(frozen=True)
class Product:
    """What is sold; `units`: what a deal of it typically holds; `price` in EUR."""

    id: str
    name: str
    category: str
    price: int
    margin: float
    weight: float
    units: int
    first: dt.date = dt.date.min


@dataclass(frozen=True)
class Rep:
    """A sales representative; `answer`: median minutes to the first response within working hours."""

    id: str
    name: str
    team: str
    answer: float
    skill: float
    first: dt.date = dt.date.min
    last: dt.date = dt.date.max


@dataclass(frozen=True)
class Story:
    """Everything the generator draws from."""

    seed: int
    scale: float
    start: dt.date
    export: dt.datetime
    restated: dt.datetime
    first_crm_export: dt.datetime
    growth_per_year: float
    months: tuple[float, ...]
    weekdays: tuple[float, ...]
    campaigns: tuple[Campaign, ...]
    products: tuple[Product, ...]
    reps: tuple[Rep, ...]
    events: dict[str, Window]

    @cached_property
    def days(self) -> list[dt.date]:
        """Every day of the story, the day of the last export included."""
        return [self.start + i * DAY for i in range((self.export.date() - self.start).days + 1)]

    def expected_leads(self, campaign: Campaign, day: dt.date) -> float:
        """Leads expected of the campaign on this day: growth, season, weekday, its own life, what happens."""
        if day < campaign.first or (campaign.only_months and day.month not in campaign.only_months):
            return 0
        life = max(campaign.first, self.start)
        months = (day.year - life.year) * 12 + day.month - life.month
        leads = campaign.leads * self.scale * (1 + self.growth_per_year * (day - self.start).days / 365)
        leads *= self.months[day.month - 1] * self.weekdays[day.weekday()]
        for _ in range(months if campaign.monthly_growth else 0):
            leads *= 1 + campaign.monthly_growth
        push = self.events["raffle_push"]
        return leads * push.change["leads"] if campaign.name == push.change["campaign"] and day in push else leads


def load_story(scale: float, seed: int | None = None) -> Story:
    """Read `generator.yml`; `scale` multiplies leads and ads, `seed` replaces the file's."""
    data = yaml.safe_load(STORY_FILE.read_text(encoding="utf-8"))
    return Story(
        seed=data["seed"] if seed is None else seed,
        scale=scale,
        start=data["start"],
        export=data["export"],
        restated=data["restated"],
        first_crm_export=data["first_crm_export"],
        growth_per_year=data["growth_per_year"],
        months=tuple(data["months"]),
        weekdays=tuple(data["weekdays"]),
        campaigns=tuple(_campaign(row) for row in data["campaigns"]),
        products=tuple(Product(**_dates(row)) for row in data["products"]),
        reps=tuple(Rep(**_dates(row)) for row in data["sales_reps"]),
        events={name: _window(event) for name, event in data["events"].items()},
    )


def _dates(row: dict[str, Any]) -> dict[str, Any]:
    return {{"from": "first", "until": "last"}.get(key, key): value for key, value in row.items()}


def _campaign(row: dict[str, Any]) -> Campaign:
    row = _dates(row)
    renamed = row.pop("renamed", None)
    if renamed:
        row |= {"new_name": renamed["to"], "renamed_on": renamed["from"]}
    return Campaign(**{**row, "utm": tuple(row["utm"]), "only_months": tuple(row.get("only_months", ()))})


def _window(event: dict[str, Any]) -> Window:
    return Window(event["from"], event["to"], {k: v for k, v in event.items() if k not in ("from", "to")})
