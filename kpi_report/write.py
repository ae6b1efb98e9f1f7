"""Write the report of the published mart into the workspace."""

import gc
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kpi_report.document import read_document, since_tables
from kpi_report.page import render
from orchestration.settings import Settings
from orchestration.views.reader import Config, open_published
from orchestration.views.since import since_last

_SECONDS_AT_MOST = 3600  # that a page takes to be written


def report_path(settings: Settings) -> Path:
    """Return where the report lies."""
    return settings.reports_path / "kpi_report.html"


def _pages(document: dict[str, Any], docs: Path) -> list[str]:
    """The KPIs that have a page of their own in the dbt docs; none where these are not written yet."""
    if not docs.is_file():
        return []
    text = docs.read_text(encoding="utf-8", errors="replace")
    kpis = (row[document["kpis"]["columns"].index("kpi")] for row in document["kpis"]["rows"])
    return [kpi for kpi in kpis if f'"metric.funnelmart.{kpi}"' in text]


@contextmanager
def _uncollected() -> Iterator[None]:
    """None of a report's millions of values refers to itself: to look for such would take a fifth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _remove_what_kills_left(page: Path) -> None:
    """Half and whole pages that nobody put into their place; one that is being written is younger."""
    for path in page.parent.glob(f"{page.stem}.[0-9]*"):
        with suppress(FileNotFoundError):  # somebody else has removed it, or put it into its place
            if time.time() - path.stat().st_mtime > _SECONDS_AT_MOST:
                path.unlink()


def write_report(settings: Settings, engine: Config | None = None) -> Path:
    """Write the report of what is published now and return its path; a reader never sees half a page.

    `engine`: what DuckDB may take for reading (`engine_config`); without it whatever it likes.

    Raises:
        PublishError: nothing is published yet, or the mart can't be read.
    """
    page = report_path(settings)
    page.parent.mkdir(parents=True, exist_ok=True)
    aside = page.with_suffix(f".{os.getpid()}")  # `funnelmart report` may write beside a run
    _remove_what_kills_left(page)
    try:
        with _uncollected():
            with open_published(settings, engine) as mart:
                document = read_document(mart, settings) | since_tables(since_last(settings, mart))
            aside.write_text(render(document, _pages(document, page.with_name("dbt_docs.html"))), encoding="utf-8")
        os.replace(aside, page)
    finally:
        aside.unlink(missing_ok=True)
    return page
