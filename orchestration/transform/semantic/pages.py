"""Documentation made from the KPI catalogue: doc blocks of KPI columns, the table of the overview, docs/kpis.md."""

from pathlib import Path

from orchestration.extracts.sources import DBT_PROJECT
from orchestration.transform.semantic.catalogue import Kpi, read_catalogue
from orchestration.transform.semantic.metrics import STOCKS

KPI_BLOCKS = Path("models") / "docs" / "kpis.md"
OVERVIEW = Path("models") / "docs" / "overview.md"
PAGE = Path("docs") / "kpis.md"  # beside the dbt project, for readers of the repository
_HEAD = "| KPI | name | по-русски | formula | owner |\n|---|---|---|---|---|\n"  # of the table from the catalogue
_KINDS = {
    "sum": "a sum: may be added up over rows and periods",
    "stock": "a stock: as it stands at the end of the period, never added up over time",
    "ratio": "a sum over a sum: never the mean of ratios, null without a denominator",
    "median": "a median of the records",
    "product": "made of other KPIs",
    "maturing": "still grows after its period is over: compared at the same age or not at all",
}
_PAGE_HEAD = """\
# All KPIs

Made from `dbt_project/macros/kpi/kpi_catalogue.sql`, the only definition of each, by `make semantic`; a test compares.
In the mart `dim_kpi` says the same, in Russian too. Each KPI is a column of `kpi_total` and of the tables by member
that it is defined for; elsewhere that column is null.

| kind | what it is |
|---|---|
"""
_OWNERS = {
    "marketing": "Reach, cost, and the leads that come of it",
    "sales": "What becomes of leads",
    "shared": "What both sides move",
}


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


def kpis_page(project: Path = DBT_PROJECT) -> str:
    """What `docs/kpis.md` must hold: each KPI with its meaning, by who answers for it."""
    catalogue = read_catalogue(project)
    kinds = "".join(f"| {kind} | {what} |\n" for kind, what in _KINDS.items())
    sections = (
        f"\n## {title} ({owner})\n\n| KPI | name | what it says | formula | kind | unit | good news | by |\n"
        "|---|---|---|---|---|---|---|---|\n" + "".join(_row(kpi) for kpi in catalogue if kpi.owner == owner)
        for owner, title in _OWNERS.items()
    )
    return _PAGE_HEAD + kinds + "".join(sections)


def _row(kpi: Kpi) -> str:
    kind = f"{kpi.kind}, maturing" if kpi.matures else kpi.kind
    better = "" if kpi.better == "none" else kpi.better
    members = ", ".join(name.replace("_", " ") for name in kpi.dimensions if name != "total") or "company alone"
    unit = kpi.unit.replace("_", " ")
    return (
        f"| `{kpi.id}` | {kpi.name_en} | {kpi.description_en} | {kpi.formula} | {kind} | {unit} "
        f"| {better} | {members} |\n"
    )


def _page(kpi: Kpi) -> str:
    """The id, as a link to the page of its metric where there is one."""
    is_metric = kpi.kind != "stock" or kpi.id in STOCKS
    return f"[{kpi.id}](#!/metric/metric.funnelmart.{kpi.id})" if is_metric else f"`{kpi.id}`"
