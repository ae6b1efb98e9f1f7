"""One thing that the mart could not place, and the lines for funnelmart.yml that would place it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from orchestration.settings.block import flow
from orchestration.settings.origins import CampaignRule, ChannelRule

Kind = Literal["stage", "channel", "campaign", "value", "link", "contacts"]


@dataclass(frozen=True)
class Change:
    """What is to be written: entries of the mapping at `path`, or an item of the list there.

    A number in the path is a place in a list: `("sources", "sheets", 0, "fields")`.
    """

    path: tuple[str | int, ...]
    entries: dict[str, Any] | None = None
    item: dict[str, Any] | None = None

    def lines(self) -> list[str]:
        """The lines as people would write them, what they stand under before them."""
        if self.item is not None:
            return [f"{self.path[0]}:", f"  - {flow(self.item)}"]
        place = next((f"sources.sheets[{name}]." for name in self.path if isinstance(name, int)), "")
        first, *others = (name for name in self.path if isinstance(name, str) and name not in ("sources", "sheets"))
        within: dict[str, Any] = self.entries or {}
        for name in reversed(others):
            within = {name: within}
        return [f"{place}{first}: {flow(within)}"]


def is_ruled(rules: Iterable[ChannelRule | CampaignRule], origin: Mapping[str, str]) -> bool:
    """Whether a rule of the settings places the origin already: it was written since the mart was published."""
    return any(
        all(origin.get(name, "").lower() in {value.lower() for value in values} for name, values in rule.when.items())
        for rule in rules
    )


@dataclass(frozen=True)
class Suggestion:
    """`rows` are the records of entity `of` that it is about, `money` what they are worth in the reporting currency.

    `similar` are names that are known and alike. Without a `change` nothing proves what is meant: people must say it.
    """

    kind: Kind
    about: str
    of: str
    rows: int
    money: Decimal
    similar: tuple[str, ...] = ()
    change: Change | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        """The order of a list: what most money hangs on first."""
        return (-self.money, -self.rows, self.kind, self.about, self.of)
