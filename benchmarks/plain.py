"""The yardstick: the KPI tables of the demo by one plain DuckDB script (plain.sql), from the same files.

`python -m benchmarks.plain WORKSPACE OUTPUT.duckdb`
"""

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import duckdb
import yaml
from python_calamine import CalamineWorkbook

SCRIPT = Path(__file__).with_name("plain.sql")


def build(workspace: Path, output: Path) -> None:
    """Read the workspace's extracts and write the KPI tables into a new database."""
    output.unlink(missing_ok=True)
    today = yaml.safe_load((workspace / "funnelmart.yml").read_text())["reporting"]["today"]
    with duckdb.connect(str(output)) as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute("set variable extracts = ?", [str(workspace / "extracts")])
        connection.execute("set variable today = ?", [today])
        connection.execute(
            "create table costs "
            "(first date, last date, department text, channel text, amount decimal(18,2), currency text)"
        )
        connection.executemany("insert into costs values (?, ?, ?, ?, ?, ?)", _costs(workspace))
        connection.execute(SCRIPT.read_text())


def _costs(workspace: Path) -> list[list[Any]]:
    """Costs by month and by event from the workbook (DuckDB alone doesn't read one without an extension)."""
    book = CalamineWorkbook.from_path(str(workspace / "extracts" / "sheets" / "marketing_costs.xlsx"))
    rows: list[list[Any]] = []
    for month, _, department, channel, _, amount, currency in book.get_sheet_by_name("Costs").to_python()[1:]:
        first = dt.date.fromisoformat(f"{month}-01")
        last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        rows.append([first, last, department, channel or None, amount, currency])
    for begin, end, _, department, channel, _, amount, currency in book.get_sheet_by_name("Events").to_python()[1:]:
        rows.append([begin, end, department, channel, amount, currency])
    return rows


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
