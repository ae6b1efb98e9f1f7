"""The tools of `funnelmart mcp`: each reads the mart that is published when it is called, and writes nothing."""

import datetime as dt
import functools
from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from kpi_report.texts import load_texts
from orchestration.cli.document import as_plain
from orchestration.errors import FunnelmartError
from orchestration.settings import Settings
from orchestration.views import answers, kpi_views
from orchestration.views.answers import Comparison, Dimension
from orchestration.views.asked import ask, open_to_questions
from orchestration.views.health import look
from orchestration.views.kpi_summary import Grain, opening_period
from orchestration.views.kpi_views import Bridged, read_period
from orchestration.views.reader import open_published

MOST_ROWS = 1000
MOST_SECONDS = 30
INSTRUCTIONS = (
    "The published mart of one company's marketing and sales. Read kpi_catalogue before you explain a figure, and say "
    "whether a comparison is one: where is_comparable is false, name no change. Never sum ratios, stocks, or rows of "
    "several grains. difference is in the unit of the KPI (of a share 0.05 are 5 percentage points), relative_change a "
    "share of the base: say which you mean. Everything is read-only."
)
Period = Annotated[
    str | None, Field(description="2025, 2025-Q2, 2025-05 or 2025-05-12; else the newest whole one worth showing.")
]
Locale = Literal["en", "ru"]
Tool = TypeVar("Tool", bound=Callable[..., Any])


def server_of(settings: Settings, version: str) -> MCPServer[Any]:
    """Return the server of a workspace with all its tools."""
    server = MCPServer("funnelmart", instructions=INSTRUCTIONS, version=version, log_level="WARNING")
    annotations = ToolAnnotations(read_only_hint=True, destructive_hint=False, open_world_hint=False)

    def tool(function: Tool) -> Tool:
        server.add_tool(_answering(function), annotations=annotations)
        return function

    language = settings.reporting.locale

    @tool
    def kpi_catalogue(locale: Locale = language) -> dict[str, Any]:
        """Every KPI: id, name, what it means, formula, unit, which direction is good, whose it is, its dimensions."""
        with open_published(settings) as mart:
            return {"kpis": answers.catalogue(mart, locale)}

    @tool
    def kpi_figures(
        kpis: Annotated[list[str], Field(description="Ids; none: all.")] = [],  # noqa: B006  never changed
        period: Period = None,
        grain: Annotated[Grain, Field(description="Where no period is named.")] = "month",
        dimension: Dimension = "total",
        members: Annotated[list[str], Field(description="Names of the dimension's members; none: all.")] = [],  # noqa: B006
        comparison: Comparison = "previous_period",
        locale: Locale = language,
    ) -> dict[str, Any]:
        """KPIs of a period, by member, with their definitions and the base that each may be compared with."""
        with open_published(settings) as mart:
            return answers.figures(mart, kpis, period, grain, dimension, members, comparison, locale)

    @tool
    def why_changed(kpi: Bridged = "revenue", period: Period = None) -> dict[str, Any]:
        """The bridge of a KPI against the period before, in its unit: what each factor added, and whose lever it is."""
        grain, start = _period(period)
        with open_published(settings) as mart:
            start = start or opening_period(mart, grain)
            unit = next(entry["unit"] for entry in kpi_views.kpis(mart) if entry["kpi"] == kpi)
            said = {"kpi": kpi, "unit": unit, "currency": kpi_views.currency(mart), "grain": grain}
            note = {"note": load_texts()["en"]["bridge.roi_note"]} if kpi == "roi" else {}
            return said | note | {"factors": kpi_views.why(mart, kpi, grain, start)}

    @tool
    def goals() -> dict[str, Any]:
        """Every goal: pace, projection with its range, status, SMART verdict, and what a revenue goal asks of whom."""
        with open_published(settings) as mart:
            return {"goals": kpi_views.goals(mart), "currency": kpi_views.currency(mart)}

    @tool
    def findings(period: Period = None, locale: Locale = language) -> dict[str, Any]:
        """What marketing and sales should look at, with evidence and next step; of the newest month that has any."""
        grain, start = _period(period)
        last = kpi_views.last_day(grain, start) if start else None
        with open_published(settings) as mart:
            return {"findings": kpi_views.findings(mart, locale, start, last)}

    @tool
    def data_health() -> dict[str, Any]:
        """Can the figures be trusted: age, failed checks, refused rows and why, sources, unmatched spend."""
        document = look(settings, dt.datetime.now(dt.UTC)).as_document()
        return {name: value for name, value in document.items() if name not in ("workspace", "automation")}

    @tool
    def tables(table: Annotated[str | None, Field(description="One to see its columns.")] = None) -> dict[str, Any]:
        """The tables of the mart with what they hold, for `query`."""
        with open_published(settings) as mart:
            return {"tables": answers.tables(mart, table)}

    @tool
    def query(
        sql: Annotated[str, Field(description="One SELECT in DuckDB's SQL; tables of schema mart need no schema.")],
        limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = 100,
        seconds: Annotated[float, Field(gt=0, le=MOST_SECONDS)] = 10,
    ) -> dict[str, Any]:
        """Ask the mart in SQL: read-only, no other file, within limits of rows and of time."""
        with open_to_questions(settings) as mart:
            answer = ask(mart, sql, limit, seconds)
        names = answer.names
        rows = [dict(zip(names, row, strict=True)) for row in answer.rows]
        return {"columns": dict(zip(names, answer.types, strict=True)), "rows": rows, "is_cut": answer.is_cut}

    return server


def _period(period: str | None) -> tuple[Grain, dt.date | None]:
    return read_period(period) if period else ("month", None)


def _answering(function: Callable[..., Any]) -> Callable[..., Any]:
    """The tool with its answer as JSON has it, and the project's errors as answers that the assistant can act on."""

    @functools.wraps(function)
    def answered(*arguments: Any, **named: Any) -> Any:
        try:
            return as_plain(function(*arguments, **named))
        except FunnelmartError as error:
            raise ToolError(str(error)) from error

    return answered
