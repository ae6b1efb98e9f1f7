"""What is measured: the README's company of three small files, the demo and the large company at any scale."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import duckdb

from benchmarks.compare import totals
from benchmarks.large import generate as large
from benchmarks.next_day import write_next_day_of_acme, write_next_day_of_demo
from demo.generate import generate as generate_demo
from orchestration.new_workspace import Answers, make

Figures = Callable[[Path, Path], dict[str, Decimal]]
LARGE_FIGURES = """
    select sum(leads), sum(qualified_leads), sum(won_deals), sum(revenue), sum(ad_spend)
    from measured.mart.kpi_total where grain = 'year'"""
PLAIN_LARGE = """
    select
        (select count(*) from measured.fct_leads), (select count(*) from measured.fct_leads where qualified),
        (select count(*) from measured.fct_deals where status = 'won'),
        (select sum(amount_usd) from measured.fct_deals where status = 'won'),
        (select sum(cost_usd) from measured.fct_spend)"""
NAMES = ("leads", "qualified_leads", "won_deals", "revenue", "ad_spend")


@dataclass(frozen=True)
class Subject:
    """One company of one size: how its workspace is written, its plain script, and the figures both must agree on.

    `plain` is the module of the script, called with workspace and database; None where there is none. `next_day` says
    whether the workspace comes with a folder of that name to be added to its extracts.
    """

    name: str
    write: Callable[[Path], None]
    plain: str | None = None
    next_day: bool = False
    mart_figures: Callable[[Path], dict[str, Decimal]] | None = None
    plain_figures: Callable[[Path], dict[str, Decimal]] | None = None

    def plain_command(self, workspace: Path, database: Path) -> list[str] | None:
        """The command line of the plain script."""
        return [sys.executable, "-m", self.plain, str(workspace), str(database)] if self.plain else None


def subject(name: str) -> Subject:
    """The company that `name` means: `acme`, `demo:SCALE` or `large:SCALE`.

    Raises:
        ValueError: it means none.
    """
    kind, _, size = name.partition(":")
    if kind == "acme" and not size:
        return Subject(name, _write_acme, next_day=True)
    if kind == "demo" and size:
        return Subject(
            name,
            lambda folder: _write_demo(folder, float(size)),
            "benchmarks.plain",
            next_day=True,
            mart_figures=lambda mart: totals(mart, "mart"),
            plain_figures=lambda database: totals(database, "main"),
        )
    if kind == "large" and size:
        return Subject(
            name,
            lambda folder: large.generate(folder, float(size), next_day=True),
            "benchmarks.large.plain",
            next_day=True,
            mart_figures=lambda mart: _figures(mart, LARGE_FIGURES),
            plain_figures=lambda database: _figures(database, PLAIN_LARGE),
        )
    raise ValueError(f"{name!r}: expected acme, demo:SCALE or large:SCALE")


def _write_acme(folder: Path) -> None:
    make(folder, Answers(company="Acme", example=True))
    write_next_day_of_acme(folder)


def _write_demo(folder: Path, scale: float) -> None:
    generate_demo(folder, scale)
    if not (folder / "funnelmart.yml").exists():
        shutil.copyfile(Path(__file__).resolve().parents[1] / "demo" / "funnelmart.yml", folder / "funnelmart.yml")
    write_next_day_of_demo(folder)


def _figures(database: Path, query: str) -> dict[str, Decimal]:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{database}' as measured (read_only)")
        row = connection.execute(query).fetchone()
    return {name: Decimal(value or 0) for name, value in zip(NAMES, row or (), strict=True)}
