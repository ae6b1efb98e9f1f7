"""Documents beside the mart: the KPI report and the dbt docs, each as one static file."""

import os
from pathlib import Path

import dagster as dg

from kpi_report import write_report
from orchestration.defs.publish import PUBLISHED
from orchestration.defs.workspace import WorkspaceRun
from orchestration.settings import Settings
from orchestration.transform import parsed
from orchestration.transform.command import dbt_target_path
from orchestration.transform.dbt import run_dbt, serving
from orchestration.transform.docs_page import of_workspace
from orchestration.transform.manifest import project_fingerprint
from orchestration.transform.memory import fitting_memory
from orchestration.warehouse import engine_config

_TAIL = 100  # bytes at the end of a page


def docs_path(settings: Settings) -> Path:
    """Return where the dbt docs lie."""
    return settings.reports_path / "dbt_docs.html"


def are_docs_made(settings: Settings) -> bool:
    """Whether the dbt docs of the project as it is are there, in this workspace or another: then dbt isn't asked."""
    fingerprint = project_fingerprint(settings)
    return _is_current(settings, fingerprint) or _kept(settings, fingerprint) is not None


def write_dbt_docs(settings: Settings, force: bool = False, has_built_all: bool = False) -> bool:
    """Write the dbt docs unless they are there and the project has not changed since; returns whether it wrote.

    They are the same for all workspaces with these sources, and taken from another that has them. `force` makes them
    anew. `has_built_all`: every model was built by the dbt that is asked for them, so that it knows their SQL.
    """
    page = docs_path(settings)
    fingerprint = project_fingerprint(settings)
    if not force and _is_current(settings, fingerprint):
        return False
    written = None if force else _kept(settings, fingerprint)
    if written is None:
        written = _generate(settings, has_built_all)
        parsed.keep_text(fingerprint, page.name, written)
    page.parent.mkdir(parents=True, exist_ok=True)
    aside = page.with_suffix(".tmp")
    aside.write_text(written, encoding="utf-8")
    os.replace(aside, page)
    _stamp(settings).write_text(fingerprint)
    return True


def _kept(settings: Settings, fingerprint: str) -> str | None:
    """The page that is kept for all workspaces; None where there is none to its end."""
    kept = parsed.kept_text(fingerprint, docs_path(settings).name)
    return kept if kept and kept.rstrip().endswith("</html>") else None


def _is_current(settings: Settings, fingerprint: str) -> bool:
    stamp = _stamp(settings)
    return stamp.is_file() and stamp.read_bytes() == fingerprint.encode() and _is_whole(docs_path(settings))


def _is_whole(page: Path) -> bool:
    """Whether a page is there to its end; a disk that ran full leaves the beginning of one."""
    if not page.is_file():
        return False
    with page.open("rb") as file:
        file.seek(max(0, page.stat().st_size - _TAIL))
        return file.read().rstrip().endswith(b"</html>")


def _stamp(settings: Settings) -> Path:
    return settings.state_path / "dbt_docs.fingerprint"


def _generate(settings: Settings, has_built_all: bool) -> str:
    # The SQL of what was built is known already: to compile it again takes longer than all the rest.
    known = ["--no-compile"] if has_built_all and settings.workspace in serving else []
    run_dbt(settings, ["docs", "generate", "--static", *known])
    return of_workspace((dbt_target_path(settings) / "static_index.html").read_text(encoding="utf-8"))


@dg.asset(
    key=["reports", "kpi_report"],
    deps=[PUBLISHED],
    group_name="publish",
    kinds={"html"},
    owners=["team:shared"],
    description="reports/kpi_report.html: the published mart as one page for the heads of sales and marketing.",
)
def kpi_report(context: dg.AssetExecutionContext, run: WorkspaceRun) -> dg.MaterializeResult:
    """Made from what is published; where it fails, the published mart stays published."""
    memory = {"memory_limit": fitting_memory(run.settings)}
    page = write_report(run.settings, engine_config(run.settings, "report") | memory)
    return dg.MaterializeResult(metadata={"path": dg.MetadataValue.path(page), "size_bytes": page.stat().st_size})


@dg.asset(
    key=["reports", "dbt_docs"],
    deps=[PUBLISHED],
    group_name="publish",
    kinds={"html", "dbt"},
    owners=["team:shared"],
    description="reports/dbt_docs.html: every model and column described, with the lineage, as one static file.",
)
def dbt_docs(context: dg.AssetExecutionContext, run: WorkspaceRun) -> dg.MaterializeResult:
    """Written where missing or where the models have changed."""
    written = write_dbt_docs(run.settings, has_built_all=run.plan is not None and not run.plan.left_out)
    return dg.MaterializeResult(metadata={"path": dg.MetadataValue.path(docs_path(run.settings)), "written": written})
