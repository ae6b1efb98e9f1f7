"""What other tools take for the large company: dlt + SQL for all of the plain script, Polars and pandas for a part.

`python -m benchmarks.large.others {dlt|polars|pandas} WORKSPACE FOLDER`. The part: all six files read, the newest row
of each lead, deals and spend in one currency, the last touch within 90 days of a won deal, KPIs by month and channel.
People across e-mail and telephone, windows of deduplication and the other models of attribution are left out there: in
data frames they need loops over joins that nobody would maintain.
"""

import sys
from decimal import Decimal
from pathlib import Path

import duckdb

from benchmarks.large.plain import RAW, compute

Figures = dict[str, Decimal]


def with_dlt(workspace: Path, folder: Path) -> Figures:
    """Load with dlt (Arrow tables into DuckDB), then the SQL of the plain script."""
    import dlt
    from pyarrow import csv

    database = folder / "dlt.duckdb"
    database.unlink(missing_ok=True)
    pipeline = dlt.pipeline(
        "large_bench",
        pipelines_dir=str(folder / "dlt_state"),
        destination=dlt.destinations.duckdb(str(database)),
        dataset_name="loaded",
    )
    as_null = csv.ConvertOptions(strings_can_be_null=True)  # an empty cell, as DuckDB reads it
    for name in RAW:
        for path in sorted((workspace / "extracts").glob(f"{name}*.csv")):
            pipeline.run(
                csv.read_csv(path, convert_options=as_null), table_name=f"raw_{name}", write_disposition="append"
            )
    with duckdb.connect(str(database)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("use loaded")
        return compute(connection)


def with_polars(workspace: Path, folder: Path) -> Figures:
    """Lazy frames, a join by nearest time for the last touch."""
    import polars as pl

    def scan(name: str) -> pl.LazyFrame:
        return pl.scan_csv(workspace / "extracts" / f"{name}*.csv", try_parse_dates=True)

    fx = scan("fx").with_columns(pl.col("date").cast(pl.Date))
    rate = pl.col("rate").fill_null(1.0)
    leads = scan("lead_rows").sort("updated_at").unique("lead_id", keep="last", maintain_order=True)
    deals = (
        scan("deals")
        .with_columns(date=pl.coalesce("closed_at", "created_at").cast(pl.Date))
        .join(fx, on=["date", "currency"], how="left")
        .with_columns(amount_usd=(pl.col("amount") * rate).round(2))
    )
    spend = scan("spend").join(fx, on=["date", "currency"], how="left").with_columns(cost_usd=pl.col("cost") * rate)
    won = deals.filter(pl.col("status") == "won").sort("closed_at")
    touches = scan("touches").select("lead_id", "touch_at", "channel", "campaign").sort("touch_at")
    credited = won.join_asof(
        touches, left_on="closed_at", right_on="touch_at", by="lead_id", strategy="backward", tolerance="90d"
    )
    month = pl.col("date").dt.truncate("1mo")
    by_channel = credited.group_by(month, "channel").agg(pl.len().alias("won"), pl.col("amount_usd").sum())
    by_campaign = spend.group_by(month, "campaign").agg(pl.col("cost_usd", "clicks", "impressions").sum())
    funnel = scan("stage_events").filter(pl.col("deal_id").is_null())
    reached = funnel.group_by("lead_id", "to_stage").agg(pl.col("event_at").min())
    totals = [
        leads.select(pl.len()),
        won.select(pl.len()),
        won.select(pl.col("amount_usd").sum()),
        spend.select(pl.col("cost_usd").sum()),
    ]
    rows, deals_won, revenue, cost, *_ = pl.collect_all([*totals, by_channel, by_campaign, reached])
    return _figures(rows.item(), deals_won.item(), revenue.item(), cost.item())


def with_pandas(workspace: Path, folder: Path) -> Figures:
    """Frames in memory, one step after the other."""
    import pandas as pd

    def read(name: str, *times: str) -> pd.DataFrame:
        files = sorted((workspace / "extracts").glob(f"{name}*.csv"))
        return pd.concat(pd.read_csv(path, parse_dates=list(times), engine="pyarrow") for path in files)

    fx = read("fx", "date")
    leads = (
        read("lead_rows", "created_at", "updated_at").sort_values("updated_at").drop_duplicates("lead_id", keep="last")
    )
    deals = read("deals", "created_at", "closed_at")
    deals["date"] = deals["closed_at"].fillna(deals["created_at"]).dt.normalize()
    deals = deals.merge(fx, on=["date", "currency"], how="left")
    deals["amount_usd"] = (deals["amount"] * deals["rate"].fillna(1)).round(2)
    spend = read("spend", "date").merge(fx, on=["date", "currency"], how="left")
    spend["cost_usd"] = spend["cost"] * spend["rate"].fillna(1)
    won = deals[deals["status"] == "won"].sort_values("closed_at")
    touches = read("touches", "touch_at")[["lead_id", "touch_at", "channel", "campaign"]].sort_values("touch_at")
    credited = pd.merge_asof(
        won, touches, left_on="closed_at", right_on="touch_at", by="lead_id", tolerance=pd.Timedelta(days=90)
    )
    month = credited["date"].dt.to_period("M")
    credited.groupby([month, "channel"])["amount_usd"].agg(["size", "sum"])
    spend.groupby([spend["date"].dt.to_period("M"), "campaign"])[["cost_usd", "clicks", "impressions"]].sum()
    funnel = read("stage_events", "event_at")
    funnel[funnel["deal_id"].isna()].groupby(["lead_id", "to_stage"])["event_at"].min()
    return _figures(len(leads), len(won), won["amount_usd"].sum(), spend["cost_usd"].sum())


def _figures(rows: float, won: float, revenue: float, cost: float) -> Figures:
    found = {"lead_rows": rows, "won_deals": won, "revenue": revenue, "ad_spend": cost}
    return {name: Decimal(f"{value:.2f}") for name, value in found.items()}


TOOLS = {"dlt": with_dlt, "polars": with_polars, "pandas": with_pandas}

if __name__ == "__main__":
    tool, place, work = sys.argv[1:]
    for figure, value in TOOLS[tool](Path(place), Path(work)).items():
        print(f"{figure} {value:,.2f}")
