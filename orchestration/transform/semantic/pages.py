"""Documentation made from the KPI catalogue: the doc blocks of KPI columns, the table of KPIs on the overview page."""

from pathlib import Path

from orchestration.transform.dbt import DBT_PROJECT
from orchestration.transform.semantic.catalogue import read_catalogue

KPI_BLOCKS = Path("models") / "docs" / "kpis.md"
OVERVIEW = Path("models") / "docs" / "overview.md"
_BEGIN, _END = "<!-- from the KPI catalogue: make semantic -->\n", "<!-- end -->\n"


def kpi_blocks(project: Path = DBT_PROJECT) -> str:
    """What `models/docs/kpis.md` must hold: a doc block for each KPI."""
    return "\n".join(
        f"{{% docs kpi_{kpi.id} %}}\n{kpi.name_en}: {kpi.description_en}\nFormula: {kpi.formula}.\n{{% enddocs %}}\n"
        for kpi in read_catalogue(project)
    )


def overview(project: Path = DBT_PROJECT) -> str:
    """What `models/docs/overview.md` must hold: as it stands, with today's table of KPIs."""
    before, _, rest = (project / OVERVIEW).read_text(encoding="utf-8").partition(_BEGIN)
    table = "| KPI | name | по-русски | formula | owner |\n|---|---|---|---|---|\n" + "".join(
        f"| `{kpi.id}` | {kpi.name_en} | {kpi.name_ru} | {kpi.formula} | {kpi.owner} |\n"
        for kpi in read_catalogue(project)
    )
    return before + _BEGIN + "\n" + table + "\n" + _END + rest.partition(_END)[2]
