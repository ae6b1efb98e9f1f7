"""Documentation made from the KPI catalogue: the doc blocks of KPI columns, the table of KPIs on the overview page."""

from pathlib import Path

from orchestration.extracts.sources import DBT_PROJECT
from orchestration.transform.semantic.catalogue import Kpi, read_catalogue
from orchestration.transform.semantic.metrics import STOCKS

KPI_BLOCKS = Path("models") / "docs" / "kpis.md"
OVERVIEW = Path("models") / "docs" / "overview.md"
_HEAD = "| KPI | name | по-русски | formula | owner |\n|---|---|---|---|---|\n"  # of the table from the catalogue


def kpi_blocks(project: Path = DBT_PROJECT) -> str:
    """What `models/docs/kpis.md` must hold: a doc block for each KPI."""
    return "\n".join(
        f"{{% docs kpi_{kpi.id} %}}\n{kpi.name_en}: {kpi.description_en}\nFormula: {kpi.formula}.\n{{% enddocs %}}\n"
        for kpi in read_catalogue(project)
    )


def overview(project: Path = DBT_PROJECT) -> str:
    """What `models/docs/overview.md` must hold: as it stands, with today's table of KPIs."""
    before, _, rest = (project / OVERVIEW).read_text(encoding="utf-8").partition(_HEAD)
    rows = "".join(
        f"| {_page(kpi)} | {kpi.name_en} | {kpi.name_ru} | {kpi.formula} | {kpi.owner} |\n"
        for kpi in read_catalogue(project)
    )
    after = rest[rest.index("{%") :]
    return before + _HEAD + rows + "\n" + after


def _page(kpi: Kpi) -> str:
    """The id, as a link to the page of its metric where there is one."""
    is_metric = kpi.kind != "stock" or kpi.id in STOCKS
    return f"[{kpi.id}](#!/metric/metric.funnelmart.{kpi.id})" if is_metric else f"`{kpi.id}`"
