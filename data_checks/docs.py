"""Data Docs that look right without a network: Great Expectations' own sections in pages that load nothing."""

import datetime as dt
import functools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from data_checks.history import recent
from data_checks.results import CheckResult
from orchestration.settings import Settings
from orchestration.settings.noted import note, noted_json

_TEMPLATES = Path(__file__).parent / "templates"
_ORDER = ("leads", "spend", "deals", "results", "kpis")
_VERDICTS = {"passed": "✔ passed", "failed": "✘ failed", "nothing_to_check": "– nothing to check"}


def write_docs(
    settings: Settings, suite: str, results: Sequence[CheckResult], validations: Sequence[Any], now: dt.datetime
) -> Path:
    """Write the page of one suite, and the index over all suites that have one.

    Args:
        settings: the workspace; pages lie in `<workspace>/reports/data_docs`.
        suite: name of the suite, and of its page.
        results: its results.
        validations: Great Expectations' results by table, their samples masked.
        now: when the checks ran (aware).

    Returns:
        The index page.
    """
    folder = settings.reports_path / "data_docs"
    folder.mkdir(parents=True, exist_ok=True)
    checked_at = now.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
    pages = [_table(_view(), number, validation) for number, validation in enumerate(validations, start=1)]
    html = _pages().get_template("suite.j2").render(
        suite=suite, results=_failed_first(results), pages=pages, checked_at=checked_at,
        tables=[page["table"] for page in pages], verdicts=_VERDICTS,
        history=recent(settings),
    )  # fmt: skip
    note(folder / f"{suite}.html", html)
    note(folder / "style.css", (_TEMPLATES / "style.css").read_text(encoding="utf-8"))
    summary = {
        "suite": suite,
        "checked_at": checked_at,
        "passed": sum(r.verdict == "passed" for r in results),
        "unchecked": sum(r.verdict == "nothing_to_check" for r in results),
        "critical": sum(r.blocks for r in results),
        "warnings": sum(not r.success and not r.blocks for r in results),
    }
    note(folder / f"{suite}.json", json.dumps(summary))
    return _write_index(settings, folder)


def _write_index(settings: Settings, folder: Path) -> Path:
    """What can't be read of a suite is left out: it comes again with the suite, a moment later or in the next run."""
    found = [noted_json(folder / f"{name}.json") for name in _ORDER]
    suites = [said for said in found if isinstance(said, dict)]
    index = folder / "index.html"
    note(index, _pages().get_template("index.j2").render(company=settings.company, suites=suites))
    return index


@functools.cache  # for all suites of a run: to compile the templates takes longer than to fill them
def _view() -> Any:
    from great_expectations.render.view import DefaultJinjaPageView

    view = DefaultJinjaPageView(custom_views_directory=str(_TEMPLATES))
    # Its own templates load styles and scripts from elsewhere, its `.j2` names escape nothing; ours do neither.
    view.env.filters["add_data_context_id_to_url"] = str
    return view


@functools.cache
def _pages() -> Any:
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True)
    environment.filters["figure"] = _figure
    return environment


def _figure(observed: int | float | str | None) -> str:
    """As many digits as a reader can use; all of them are in `_meta.checks`."""
    if observed is None or isinstance(observed, str):
        return observed or ""
    return f"{observed:,.3g}" if isinstance(observed, float) and abs(observed) < 100 else f"{observed:,.0f}"


def _failed_first(results: Sequence[CheckResult]) -> list[CheckResult]:
    verdicts, severities = ("failed", "passed", "nothing_to_check"), ("critical", "warning", "info")
    return sorted(results, key=lambda r: (verdicts.index(r.verdict), severities.index(r.severity)))


def _table(view: Any, number: int, validation: Any) -> dict[str, str]:
    """Render one table's sections; ids get a prefix since several tables share a page."""
    from great_expectations.render.renderer import ValidationResultsPageRenderer

    document = ValidationResultsPageRenderer().render(validation)
    html = view.render(document, template="sections.j2")
    for attribute in ('id="', "id=", 'href="#'):
        html = html.replace(f"{attribute}section-", f"{attribute}table-{number}-section-")
    return {"id": f"table-{number}", "table": validation.suite_name.split(" ", 1)[1], "html": html}
