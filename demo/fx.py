"""Daily exchange rates to the euro: a slow, seeded walk; none at weekends, as central banks publish them."""

import datetime as dt

from demo.dice import Dice
from demo.story import DAY, Story

START = {"USD": 0.915, "CHF": 1.025, "GBP": 1.165}


class FxRates:
    """Rates as EUR per unit in millionths, so that money stays whole numbers."""

    def __init__(self, story: Story) -> None:
        self.published: list[tuple[dt.date, str, int]] = []
        self._latest: dict[tuple[dt.date, str], int] = {}
        for currency, start in START.items():
            dice, rate = Dice(story.seed, "fx", currency), round(start * 1_000_000)
            day = story.start - 7 * DAY
            while day <= story.days[-1]:
                if day.weekday() < 5:
                    pull = (round(start * 1_000_000) - rate) // 200
                    rate += pull + round(dice.normal() * 3400)
                    self.published.append((day, currency, rate))
                self._latest[day, currency] = rate
                day += DAY
        self.published.sort()

    def rate(self, currency: str, day: dt.date) -> int:
        """EUR per unit of the currency in millionths, the latest one published."""
        return 1_000_000 if currency == "EUR" else self._latest[day, currency]

    def from_eur(self, amount: int, currency: str, day: dt.date) -> int:
        """An amount of euro (in cents or micros) in another currency, rounded."""
        rate = self.rate(currency, day)
        return (amount * 1_000_000 + rate // 2) // rate
