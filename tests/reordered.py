"""The same rows in another order and over several files: an export made on another day, or in parts."""

import csv
import random
from pathlib import Path

Row = list[str]


def shuffle_and_split(path: Path, parts: int, together: list[str] | None = None) -> list[Path]:
    """Replace a CSV file by `parts` files beside it (`name_1.csv`, …) with its rows, shuffled; returns their paths.

    Rows with the same values in the columns `together` stay in one file: a slice must be whole. The order is the same
    in every run.
    """
    dice = random.Random(path.name)
    with path.open(newline="", encoding="utf-8-sig") as file:
        header, *rows = csv.reader(file)
    columns = [header.index(name) for name in together or []]
    dice.shuffle(rows)
    part_of: dict[tuple[str, ...], int] = {}
    files: list[list[Row]] = [[] for _ in range(parts)]
    for number, row in enumerate(rows):
        part = number % parts
        if columns:
            part = part_of.setdefault(tuple(row[column] for column in columns), len(part_of) % parts)
        files[part].append(row)
    paths = [path.with_name(f"{path.stem}_{number}{path.suffix}") for number in range(1, parts + 1)]
    for part_path, part_rows in zip(paths, files, strict=True):
        with part_path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *part_rows])
    path.unlink()
    return paths


KPI_TABLES = ("kpi_total", "kpi_by_channel", "kpi_by_campaign", "kpi_by_sales_rep", "kpi_by_product")
EVERY_FIGURE = {table: f"select * from {table} order by all" for table in KPI_TABLES}
