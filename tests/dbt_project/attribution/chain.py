"""Runs the models from touches to credits on rows given by a test."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import duckdb

from tests.dbt_project import rounds

NOON = dt.datetime(2024, 3, 1, 12)
MODELS = (
    "int_deal_touches", "int_touch_weights", "int_deal_credits__shares", "int_deal_credits", "int_attribution_credits",
    "int_journeys", "int_markov_transitions", "int_markov_matrix", "int_markov_inverse",
    "int_markov_effects", "int_shapley_shares", "int_channel_credits",
)  # fmt: skip
IN_ROUNDS = {"int_markov_inverse"}


@dataclass(frozen=True)
class Chain:
    """The compiled SQL of the project and a warehouse to run it in."""

    connection: duckdb.DuckDBPyConnection
    compiled: Mapping[str, str]
    settings: dict[str, Any] = field(
        default_factory=lambda: {
            "lookback_days": 30, "half_life_days": 7, "default_model": "linear", "timezone": "UTC",
            "today": dt.date(2024, 12, 31),
        }
    )  # fmt: skip

    def run(
        self,
        deals: Iterable[Mapping[str, Any]],
        touches: Iterable[Mapping[str, Any]],
        leads: Iterable[Mapping[str, Any]] = (),
        **settings: Any,
    ) -> None:
        """Replace the inputs by these rows and build every model of attribution again."""
        self._fill("settings.workspace", [self.settings | settings])
        self._fill("intermediate.int_deals", map(_deal, deals))
        self._fill("intermediate.int_touches", map(_touch, touches))
        self._fill("intermediate.int_leads", map(_lead, leads))
        for model in MODELS:
            repeat_while = rounds.condition(model) if model in IN_ROUNDS else "false"
            rounds.build(self.connection, f"intermediate.{model}", self.compiled[model], repeat_while)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.sql(query).fetchall()

    def credits(self, model: str, by: str = "channel") -> dict[Any, Decimal]:
        """Credit of each channel (or `by`) under a model that credits deals one by one, summed over the deals."""
        query = f"select {by}, sum(credit) from intermediate.int_deal_credits where model = '{model}' group by all"
        return {row[0] if len(row) == 2 else row[:-1]: row[-1] for row in self.rows(query)}

    def totals(self, model: str, measure: str = "credit") -> dict[str, Decimal]:
        """Total of each channel under markov or shapley."""
        rows = self.rows(f"select channel, {measure} from intermediate.int_channel_credits where model = '{model}'")
        return dict(rows)

    def _fill(self, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
        self.connection.execute(f"delete from {table}")
        rows = list(rows)
        if rows:
            names = list(rows[0])
            marks = ", ".join("?" * len(names))
            self.connection.executemany(
                f"insert into {table} ({', '.join(names)}) values ({marks})",
                [[row[name] for name in names] for row in rows],
            )


def _deal(given: Mapping[str, Any]) -> dict[str, Any]:
    row = {
        "deal_key": "d", "person_key": "p", "lead_key": None, "closed_at": NOON, "closed_at_is_date": False,
        "created_at": NOON, "created_at_is_date": False, "amount": Decimal(100), "cost_of_goods": Decimal(0),
        "channel": "Fallback", "campaign": "(none)", "counts_won": True, "is_won": True,
    } | dict(given)  # fmt: skip
    return row | {"closed_date": _day(row["closed_at"]), "created_date": _day(row["created_at"])}


def _lead(given: Mapping[str, Any]) -> dict[str, Any]:
    row = {"lead_key": "l", "created_at": NOON, "created_at_is_date": False} | dict(given)
    return row | {"created_date": _day(row["created_at"])}


def _touch(given: Mapping[str, Any]) -> dict[str, Any]:
    row = {
        "touch_key": "t", "person_key": "p", "touched_at": NOON, "touched_at_is_date": False, "channel": "A",
        "campaign": "(none)", "is_test": False, "channel_is_paid": False,
    } | dict(given)  # fmt: skip
    return {"is_direct": row["channel"] == "Direct"} | row | {"touched_date": _day(row["touched_at"])}


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment and moment.date()


def journey(channels: str | list[str], person: str = "p", end: dt.datetime = NOON) -> list[dict[str, Any]]:
    """Touches of one person in the channels' order, an hour apart, the last one an hour before `end`."""
    return [
        {
            "touch_key": f"{person}{place:03d}",
            "person_key": person,
            "channel": channel,
            "touched_at": end - dt.timedelta(hours=len(channels) - place),
        }
        for place, channel in enumerate(channels)
    ]
