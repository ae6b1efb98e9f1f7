"""The columns of KPIs in the contracts of the KPI tables: each table has each KPI, in the order of the catalogue."""

import re
from pathlib import Path

from orchestration.extracts.sources import DBT_PROJECT
from orchestration.transform.semantic.catalogue import data_types

_FOLDER = Path("models") / "marts" / "kpi"
CONTRACTS = tuple(
    _FOLDER / f"{name}.yml"
    for name in ("kpi_total", "kpi_by_channel", "kpi_by_campaign", "kpi_by_sales_rep", "kpi_by_product")
)
_COLUMN = re.compile(r"^      - \{name: (\w+), .*doc\('kpi_\1'\).*\n", re.MULTILINE)


def contract(path: Path, project: Path = DBT_PROJECT) -> str:
    """What the file of a KPI table must hold: as it stands, with today's KPIs below the columns of its key."""
    text = (project / path).read_text(encoding="utf-8")
    kept = _COLUMN.sub("", text)
    begin = next(_COLUMN.finditer(text)).start()
    return kept[:begin] + "".join(_column(kpi, kind) for kpi, kind in data_types(project).items()) + kept[begin:]


def _column(kpi: str, data_type: str) -> str:
    written = f'"{data_type}"' if "(" in data_type else data_type
    return f"      - {{name: {kpi}, data_type: {written}, description: \"{{{{ doc('kpi_{kpi}') }}}}\"}}\n"
