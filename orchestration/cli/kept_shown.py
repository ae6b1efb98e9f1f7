"""The kept marts as people choose one of them."""

from rich.table import Table
from rich.text import Text

from orchestration.cli.fitted import Column, fitted_table
from orchestration.views.kept import FIGURES, KeptMart
from orchestration.views.kpi_summary import decimal, show

_UNITS = {"leads": "count", "won_deals": "count", "revenue": "currency"}
_TITLES = {"leads": "leads", "won_deals": "won deals", "revenue": "revenue"}


def kept_table(marts: list[KeptMart], width: int) -> Table:
    """One row for each kept mart, the one published first before the others; the published one is marked."""
    month = f" {marts[0].month:%Y-%m}" if marts[0].month else ""
    figures = [
        Column(
            f"{_TITLES[name]}{month}",
            [Text(show(decimal(mart.figures.get(name)), _UNITS[name], mart.currency)) for mart in marts],
            is_number=True,
        )
        for name in FIGURES
    ]
    columns = [
        Column("mart", [Text(mart.entry.name.removesuffix(".duckdb")) for mart in marts]),
        Column("built (UTC)", [Text(f"{mart.entry.built_at:%Y-%m-%d %H:%M}") for mart in marts]),
        Column("figures to", [Text(str(mart.today or "–")) for mart in marts]),
        *figures,
        Column("", [Text(mart.problem or ("published" if mart.is_published else "")) for mart in marts]),
    ]
    return fitted_table(columns, width)
