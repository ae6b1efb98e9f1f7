"""The yardstick for the large company: the same KPIs by plain DuckDB, as one who knows it writes them in an afternoon.

`python -m benchmarks.large.plain WORKSPACE DATABASE [--memory 4GB]` builds typed raw tables, people (same e-mail or
telephone, transitively), deduplicated leads, deals and spend in one currency, five models of attribution, and KPI
tables by day to year for the total, each channel and each campaign; it prints five figures. No checks, nothing about
what was refused.
"""

import argparse
from decimal import Decimal
from pathlib import Path

import duckdb

RAW = ("lead_rows", "deals", "stage_events", "touches", "spend", "fx")
GRAINS = ("day", "week", "month", "quarter", "year")
MEMBERS = {"total": (), "channel": ("channel",), "campaign": ("channel", "campaign")}
SUMS = ("leads", "qualified", "cost", "clicks", "impressions", "won", "revenue")
TOTALS = """
    select
        (select count(*) from fct_leads), (select count(*) from fct_leads where qualified),
        (select count(*) from fct_deals where status = 'won'),
        (select sum(amount_usd) from fct_deals where status = 'won'), (select sum(cost_usd) from fct_spend)"""


def build(workspace: Path, database: Path, memory: str = "4GB") -> dict[str, Decimal]:
    """Read the workspace's extracts into a new database; returns the five figures."""
    for leftover in (database, database.with_name(f"{database.name}.wal")):
        leftover.unlink(missing_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "temp_directory": f"{database}.tmp",
        "preserve_insertion_order": False,
    }
    with duckdb.connect(str(database), config=config) as connection:
        connection.execute("set TimeZone = 'UTC'")
        for name in RAW:
            files = workspace / "extracts" / f"{name}*.csv"
            connection.execute(
                f"create table raw_{name} as select * from read_csv('{files}', header = true, union_by_name = true)"
            )
        return compute(connection)


def compute(connection: duckdb.DuckDBPyConnection) -> dict[str, Decimal]:
    """From the tables raw_* of the connection's default schema to KPI tables; returns the five figures."""
    _people(connection)
    _openers(connection)
    connection.execute(Path(__file__).with_name("facts.sql").read_text(encoding="utf-8"))
    for name, by in MEMBERS.items():
        connection.execute(f"create table kpi_{name} as {_kpi(by)}")
    connection.execute("checkpoint")
    row = connection.execute(TOTALS).fetchone()
    names = ("leads", "qualified_leads", "won_deals", "revenue", "ad_spend")
    return {name: Decimal(value) for name, value in zip(names, row or (), strict=True)}


def _people(connection: duckdb.DuckDBPyConnection) -> None:
    """Give every lead the least label of all it hangs together with, spread until nothing changes."""
    connection.execute(
        "create table leads as select * from raw_lead_rows"
        " qualify row_number() over (partition by lead_id order by updated_at desc) = 1"
    )
    connection.execute(
        "create table people as select lead_id, hash(lower(trim(email))) as email, hash(phone) as phone,"
        " hash(lower(trim(email))) as label from leads"
    )
    changed = 1
    while changed:
        changed = 0
        for key in ("phone", "email"):
            connection.execute(
                f"create or replace table least_labels as select {key}, min(label) as label from people group by {key}"
            )
            changed += _count(
                connection,
                f"update people set label = l.label from least_labels as l"
                f" where people.{key} = l.{key} and l.label < people.label",
            )


def _openers(connection: duckdb.DuckDBPyConnection) -> None:
    """The first lead of a person opens 90 days; the first after them opens the next."""
    connection.execute(
        "create table survivors as select leads.lead_id, people.label as person, leads.created_at"
        " from leads inner join people on leads.lead_id = people.lead_id"
    )
    connection.execute("create table openers as select lead_id, person, created_at from survivors where false")
    connection.execute("create table waiting as select * from survivors")
    while _count(connection, "select count(*) from waiting"):
        connection.execute(
            "create or replace table first_ones as select * from waiting"
            " qualify row_number() over (partition by person order by created_at, lead_id) = 1"
        )
        connection.execute("insert into openers select lead_id, person, created_at from first_ones")
        connection.execute(
            "create or replace table waiting as select waiting.* from waiting"
            " inner join first_ones on waiting.person = first_ones.person"
            " where waiting.created_at > first_ones.created_at + interval 90 day"
        )


def _kpi(by: tuple[str, ...]) -> str:
    members = "".join(f"{column}, " for column in by)
    sums = ", ".join(f"sum({column}) as {column}" for column in SUMS)
    ratios = "sum(cost) / nullif(sum(leads), 0) as cpl, sum(revenue) / nullif(sum(cost), 0) as roas"
    return " union all ".join(
        f"select '{grain}' as grain, date_trunc('{grain}', day)::date as period_start, {members}{sums}, {ratios}"
        " from daily group by all"
        for grain in GRAINS
    )


def _count(connection: duckdb.DuckDBPyConnection, statement: str) -> int:
    row = connection.execute(statement).fetchone()
    return int(row[0]) if row else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large.plain", description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("database", type=Path)
    parser.add_argument("--memory", default="4GB")
    options = parser.parse_args()
    for figure, value in build(options.workspace, options.database, options.memory).items():
        print(f"{figure} {value:,.2f}")
