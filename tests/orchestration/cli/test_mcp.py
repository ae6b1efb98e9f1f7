"""`funnelmart mcp` as an assistant uses it: a real client over standard input and output."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from typer.testing import CliRunner

import orchestration.cli.commands  # noqa: F401  registers the commands
from orchestration.cli.app import app
from orchestration.settings import load_settings
from orchestration.views.reader import open_published, rows
from tests.end_to_end.command import ROOT

MAY = {"period": "2025-05"}
CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "catalogue": ("kpi_catalogue", {"locale": "ru"}),
    "total": ("kpi_figures", MAY | {"kpis": ["revenue", "qualified_leads"]}),
    "channel": ("kpi_figures", MAY | {"kpis": ["leads"], "dimension": "channel", "members": ["Google Ads"]}),
    "everything": ("kpi_figures", {"dimension": "campaign"}),
    "bridge": ("why_changed", MAY),
    "goals": ("goals", {}),
    "findings": ("findings", {"locale": "en"}),
    "health": ("data_health", {}),
    "tables": ("tables", {}),
    "table": ("tables", {"table": "dim_channel"}),
    "query": (
        "query",
        {"sql": "select channel, sum(revenue) as revenue from kpi_month_by_channel group by 1", "limit": 2},
    ),
    "write": ("query", {"sql": "create table x as select 1"}),
    "file": ("query", {"sql": "select * from read_text('/etc/hostname')"}),
    "endless": (
        "query",
        {"sql": "select count(*) from range(1000000000000) r (n) where hash(n) % 7 = 3", "seconds": 0.2},
    ),
    "much": ("query", {"sql": "select 1", "limit": 1000000}),
    "no_kpi": ("kpi_figures", {"kpis": ["profitt"]}),
    "no_member": ("kpi_figures", MAY | {"dimension": "channel", "members": ["Carrier pigeons"]}),
}


async def ask_all(workspace: Path) -> tuple[list[Any], dict[str, Any]]:
    arguments = ["-m", "orchestration.cli", "mcp", "-w", str(workspace)]
    started = StdioServerParameters(command=sys.executable, args=arguments, env={"PYTHONPATH": str(ROOT)})
    async with Client(started) as client:
        tools = (await client.list_tools()).tools
        return tools, {name: await client.call_tool(*call) for name, call in CALLS.items()}


@pytest.fixture(scope="module")
def answered(published_demo: Path) -> tuple[list[Any], dict[str, Any]]:
    """The tools, and the answer to every call, all in one conversation."""
    return asyncio.run(ask_all(published_demo))


def document(answered: tuple[list[Any], dict[str, Any]], name: str) -> dict[str, Any]:
    result = answered[1][name]
    assert not result.is_error, result.content
    return dict(result.structured_content)


def refused(answered: tuple[list[Any], dict[str, Any]], name: str) -> str:
    result = answered[1][name]
    assert result.is_error
    return str(result.content[0].text)


def test_every_tool_says_what_it_does_and_that_it_only_reads(answered: tuple[list[Any], dict[str, Any]]) -> None:
    assert {tool.name for tool in answered[0]} == {name for name, _ in CALLS.values()}
    for tool in answered[0]:
        assert tool.description
        assert tool.annotations.read_only_hint, tool.name


def test_figures_are_those_of_the_mart_with_definition_and_verdict(
    answered: tuple[list[Any], dict[str, Any]], published_demo: Path
) -> None:
    total, channel = document(answered, "total"), document(answered, "channel")
    with open_published(load_settings(published_demo)) as mart:
        query = "select revenue::double as revenue, qualified_leads from kpi_month_total where period_start = ?"
        (now,) = rows(mart, query, ["2025-05-01"])
        (before,) = rows(mart, query, ["2025-04-01"])
        (leads,) = rows(
            mart, "select leads from kpi_month_by_channel where channel = 'Google Ads' and period_start = '2025-05-01'"
        )

    revenue, qualified = (
        {figure["kpi"]: figure for figure in total["figures"]}[kpi] for kpi in ("revenue", "qualified_leads")
    )
    assert revenue["value"] == pytest.approx(now["revenue"])
    assert revenue["compared"]["relative_change"] == pytest.approx(now["revenue"] / before["revenue"] - 1)
    assert revenue["compared"]["difference"] == pytest.approx(now["revenue"] - before["revenue"])
    assert qualified["value"] == now["qualified_leads"]
    assert qualified["compared"]["is_comparable"] is False
    assert qualified["compared"]["difference"] is None
    assert qualified["compared"]["relative_change"] is None
    assert [kpi["unit"] for kpi in total["definitions"]] == ["count", "currency"]
    assert [(figure["member"], figure["value"]) for figure in channel["figures"]] == [("Google Ads", leads["leads"])]


def test_an_answer_has_a_limit_and_says_what_it_left_out(answered: tuple[list[Any], dict[str, Any]]) -> None:
    everything, query = document(answered, "everything"), document(answered, "query")

    assert len(everything["figures"]) == 200
    assert everything["left_out"] > 0
    assert (len(query["rows"]), query["is_cut"]) == (2, True)
    assert query["columns"] == {"channel": "VARCHAR", "revenue": "DECIMAL(38,2)"}


def test_the_other_tools_answer(answered: tuple[list[Any], dict[str, Any]]) -> None:
    names = {kpi["kpi"]: kpi["name"] for kpi in document(answered, "catalogue")["kpis"]}
    why, goal = document(answered, "bridge"), document(answered, "goals")["goals"][0]
    bridge = why["factors"]

    assert names["revenue"] == "Выручка"
    assert sum(row["contribution"] for row in bridge) == pytest.approx(bridge[0]["kpi_after"] - bridge[0]["kpi_before"])
    assert (why["unit"], why["currency"]) == ("currency", "EUR")
    assert goal["target_id"]
    assert {"start_date", "direction", "department"} < goal.keys()
    assert document(answered, "findings")["findings"][0]["action"]
    assert document(answered, "health")["published"]["status"] == "published"
    assert "mart.kpi_month_total" in {table["table_name"] for table in document(answered, "tables")["tables"]}
    assert {"name": "channel", "type": "VARCHAR"}.items() <= document(answered, "table")["tables"][0]["columns"][
        0
    ].items()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("write", "expected one question such as select"),
        ("file", "file system operations are disabled"),
        ("endless", "stopped after 0.2 seconds"),
        ("much", "less than or equal to 1000"),
        ("no_kpi", "no KPI profitt; expected one of impressions"),
        ("no_member", "no channel Carrier pigeons in that period; expected one of"),
    ],
)
def test_what_is_not_answered_says_why(answered: tuple[list[Any], dict[str, Any]], call: str, message: str) -> None:
    assert message in refused(answered, call)


def test_what_the_settings_of_an_assistant_need(tmp_path: Path) -> None:
    (tmp_path / "funnelmart.yml").write_text("company: Acme\n")

    said = json.loads(CliRunner().invoke(app, ["mcp", "-w", str(tmp_path), "--json"]).stdout)

    assert said["mcpServers"]["funnelmart"]["args"][-3:] == ["mcp", "-w", str(tmp_path)]
