"""Both ways must give the same figures, else their times say nothing."""

from decimal import Decimal
from pathlib import Path

import duckdb

KPIS = ("leads", "won_deals", "revenue", "ad_spend")
CENT = Decimal("0.01")
# The plain scripts convert money in doubles: of 290 millions in ten million rows that is two cents, in decimals none.
SHARE = Decimal("1e-10")


def totals(database: Path, schema: str) -> dict[str, Decimal]:
    """The additive KPIs over the whole history."""
    columns = ", ".join(f"sum({kpi})::decimal(38, 6)" for kpi in KPIS)
    with duckdb.connect() as connection:
        # attached under one name: DuckDB calls a database after its file, and this may be either way's
        connection.execute(f"attach '{database}' as measured (read_only)")
        row = connection.execute(f"select {columns} from measured.{schema}.kpi_total where grain = 'year'").fetchone()
    return {kpi: value if value is not None else Decimal(0) for kpi, value in zip(KPIS, row or (), strict=True)}


def differences(one: dict[str, Decimal], other: dict[str, Decimal]) -> list[str]:
    """One line for each KPI that differs by more than a cent, or a cent in a hundred millions."""
    return [
        f"{kpi}: {one[kpi]:,.2f} and {other[kpi]:,.2f}"
        for kpi in one
        if abs(one[kpi] - other[kpi]) > max(CENT, SHARE * abs(one[kpi]))
    ]
