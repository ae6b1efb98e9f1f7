"""How the deals of the published mart meet its leads, and which rows newer ones replaced: said at the end of a run."""

import dataclasses
from collections.abc import Iterator
from typing import Any

import duckdb

from orchestration.counted import counted
from orchestration.views.reader import rows

SHOWN = 3
# Where no file has leads, no deal can point to one.
_DEALS = """
    select
        count(*) as deals,
        count(*) filter (lead_key is null and not lead_is_unknown) as without_lead,
        count(*) filter (lead_is_unknown) as unknown_lead
    from fct_deals
    where not is_deleted and not is_test and exists (select 1 from fct_leads)
"""
_REPLACED = """
    select source, "table", rows_replaced from _meta.sources
    where rows_replaced > 0 order by rows_replaced desc, source, "table"
"""


@dataclasses.dataclass
class Links:
    """Numbers of deals: all, those that name no lead, those that name one that doesn't exist; `replaced` by table."""

    deals: int
    without_lead: int
    unknown_lead: int
    replaced: list[dict[str, Any]]

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield what is worth a line, name and text; conversion and the channels of revenue hang on the first."""
        if self.without_lead or self.unknown_lead:
            names = "names" if self.without_lead == 1 else "name"
            unknown = "names" if self.unknown_lead == 1 else "name"
            named = f"{self.without_lead:,} {names} no lead, {self.unknown_lead:,} {unknown} one that doesn't exist"
            yield "links", f"of {counted(self.deals, 'deal')} {named}"
        if self.replaced:
            total = sum(row["rows_replaced"] for row in self.replaced)
            shown = ", ".join(
                f"{row['source']}.{row['table']} {row['rows_replaced']:,}" for row in self.replaced[:SHOWN]
            )
            more = ", …" if len(self.replaced) > SHOWN else ""
            yield "replaced", f"{counted(total, 'row')} gave way to newer ones: {shown}{more}"


def links(mart: duckdb.DuckDBPyConnection) -> Links:
    """Count them in an open published mart."""
    [deals] = rows(mart, _DEALS)
    return Links(**deals, replaced=rows(mart, _REPLACED))
