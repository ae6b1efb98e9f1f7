"""What the story leaves behind: leads with their deals, what was sold in them, what was given back."""

import datetime as dt
from dataclasses import dataclass, field

from demo.people import Person
from demo.story import Campaign, Product, Rep


@dataclass
class Refund:
    """Money given back, in the deal's currency."""

    at: dt.datetime
    cents: int


@dataclass
class Line:
    """One product of a deal; amounts in cents of the deal's currency."""

    product: Product
    units: int
    price: int
    discount: int

    @property
    def cents(self) -> int:
        """What the customer pays for the line."""
        return self.units * self.price - self.discount


@dataclass
class Deal:
    """An opportunity; what happens after the last export is not known to anyone yet."""

    lead: "Lead"
    created: dt.datetime
    owner: Rep
    currency: str
    lines: list[Line]
    entered: list[tuple[dt.datetime, str]]
    won: bool
    lost_reason: str = ""
    refund: Refund | None = None
    id: int = 0

    @property
    def closed(self) -> dt.datetime:
        """When it is won or lost."""
        return self.entered[-1][0]

    @property
    def cents(self) -> int:
        """Its amount."""
        return sum(line.cents for line in self.lines)

    def stage(self, at: dt.datetime) -> str:
        """The stage it is in at this moment."""
        return [stage for moment, stage in self.entered if moment <= at][-1]


@dataclass
class Lead:
    """A contact of the CRM with what marketing and sales know of it."""

    person: Person
    campaign: Campaign
    created: dt.datetime
    owner: Rep
    interest: Product
    email: str
    phone: str
    tagged: bool = True
    answered: dt.datetime | None = None
    qualified: dt.datetime | None = None
    grade: str = ""
    disqualified: str = ""
    deals: list[Deal] = field(default_factory=list)
    id: int = 0
