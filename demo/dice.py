"""Seeded chance that gives the same figures on every machine and Python version."""

import bisect
import itertools
import math
import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """One stream of chance, named: parts of the story don't disturb each other's draws.

    Only `random.Random.random()` is used, the one method whose sequence Python promises to keep.
    """

    def __init__(self, seed: int, *names: object) -> None:
        self._random = random.Random("/".join(str(part) for part in (seed, *names))).random

    def share(self) -> float:
        """A number in [0, 1)."""
        return self._random()

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self._random() < probability

    def between(self, low: float, high: float) -> float:
        """A number in [low, high)."""
        return low + (high - low) * self._random()

    def whole(self, low: int, high: int) -> int:
        """An integer from low to high, both included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, items: Sequence[T]) -> T:
        """One of the items, each as likely."""
        return items[int(self._random() * len(items))]

    def weighted(self, items: Sequence[T], weights: Sequence[float]) -> T:
        """One of the items, as likely as its weight."""
        bounds = list(itertools.accumulate(weights))  # not sum(): its rounding differs between Python versions
        return items[min(bisect.bisect_right(bounds, self._random() * bounds[-1]), len(items) - 1)]

    def normal(self) -> float:
        """Standard normal (Box-Muller)."""
        return math.sqrt(-2 * math.log(1 - self._random())) * math.cos(2 * math.pi * self._random())

    def lognormal(self, median: float, sigma: float) -> float:
        """Positive and skewed, as waiting times are."""
        return median * math.exp(sigma * self.normal())

    def count(self, mean: float) -> int:
        """How many happen where `mean` are expected (Poisson; normal above 50)."""
        if mean > 50:
            return max(0, round(mean + math.sqrt(mean) * self.normal()))
        limit, product, number = math.exp(-mean), self._random(), 0
        while product > limit:
            product *= self._random()
            number += 1
        return number


def split(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole parts proportional to the weights; what rounding leaves goes to the largest remainders."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts
