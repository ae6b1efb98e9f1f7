"""Writes the large company into a workspace: CSV files that are the same bytes for the same scale, and its settings.

`python -m benchmarks.large.generate SCALE FOLDER [--day]`. Scale 1: 5.5M rows of leads (one in ten twice), 13M stage
events, 0.5M deals, 20M touches, 10M rows of spend over three years, 5 GB. `--day` writes into FOLDER/next_day what one
more day brings: its leads and touches, and 30 days of spend restated.
"""

import argparse
import shutil
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
FILES = {
    "lead_rows": "created_at, lead_id, updated_at",
    "deals": "created_at, deal_id",
    "stage_events": "event_at, event_id",
    "touches": "touch_at, touch_id",
    "spend": "date, ad_id",
    "fx": "date, currency",
}
NEXT_DAY = {
    "lead_rows_day": """
        select * replace (
            replace(lead_id, 'L', 'N') as lead_id, 'new' || email as email,
            created_at + interval 1 day as created_at, timestamp '2025-01-01 20:00:00' as updated_at
        )
        from leads where created_at >= timestamp '2024-12-31' order by created_at, lead_id""",
    "spend_day": """
        select * replace (round(cost * 1.01, 2)::decimal(18, 2) as cost) from spend where date >= date '2024-12-03'
        union all
        select * replace (date '2025-01-01' as date) from spend where date = date '2024-12-31'
        order by date, ad_id""",
    "touches_day": """
        select * replace ('N' || touch_id as touch_id, touch_at + interval 1 day as touch_at)
        from touches where touch_at between timestamp '2024-12-30 12:00:00' and timestamp '2024-12-31 12:00:00'
        order by touch_at, touch_id""",
}


def generate(folder: Path, scale: float, next_day: bool = False) -> None:
    """Write the extracts of this scale, the settings, and where asked the next day's extracts, into `folder`."""
    extracts = folder / "extracts"
    extracts.mkdir(parents=True, exist_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": "4GB",
        "temp_directory": str(folder / ".generating"),
        "preserve_insertion_order": False,
    }
    with duckdb.connect(config=config) as connection:
        sizes = {"leads": int(5e6 * scale), "deals": int(5e5 * scale), "touches": int(2e7 * scale)}
        for name, size in {**sizes, "ads": max(24, int(9130 * scale))}.items():
            connection.execute(f"set variable n_{name} = {size}")
        connection.execute((HERE / "company.sql").read_text(encoding="utf-8"))
        for name, order in FILES.items():
            _write(connection, f"select * from {name} order by {order}", extracts / f"{name}.csv")
        if next_day:
            (folder / "next_day").mkdir(exist_ok=True)
            for name, query in NEXT_DAY.items():
                _write(connection, query, folder / "next_day" / f"{name}.csv")
    shutil.rmtree(folder / ".generating", ignore_errors=True)
    shutil.copyfile(HERE / "funnelmart.yml", folder / "funnelmart.yml")


def _write(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    connection.execute(f"copy ({query}) to '{path}' (header)")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large.generate", description=__doc__)
    parser.add_argument("scale", type=float)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--day", action="store_true")
    options = parser.parse_args()
    generate(options.folder, options.scale, options.day)
