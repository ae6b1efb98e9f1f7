"""What the commands print about a published mart, without a run."""

import json
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

import orchestration.cli.commands  # noqa: F401  registers the commands
from orchestration.cli.app import app
from orchestration.publish import RunInfo, publish
from orchestration.settings import load_settings
from orchestration.views.kpi_summary import KpiLine, show
from tests.orchestration.publish.conftest import DESCRIPTIONS, PASSED, STARTED

SETTINGS = "company: Acme\nreporting: {currency: EUR}\n"
MART = """
    create schema mart;
    create schema _meta;
    create table mart.kpi_total as
        select * from (values
            ('month', date '2024-02-01', true, 1, 0.00, 0.00, 0),
            ('month', date '2024-03-01', false, 2, 1200.00, 1200.00, 1),
            ('day', date '2024-03-05', true, 2, 1200.00, 1200.00, 1)
        ) as t (grain, period_start, is_complete, leads, revenue, gross_profit, won_deals);
    create table mart.kpi_opening as
        select 'month' as grain, date '2024-03-01' as period_start, date '2024-03-17' as leads_until,
            date '2024-03-15' as spend_until, null::date as won_deals_until;
    create table mart.kpi_comparison_periods as
        select 'month' as grain, date '2024-03-01' as period_start, 'previous_period' as comparison,
            date '2024-02-01' as base_period_start, date '2024-03-17' as last_day, date '2024-02-17' as base_last_day;
    create table mart.kpi_comparison as
        select * from (values
            ('leads', 2, 1, true), ('revenue', 1200.00, 0, true), ('ltv', 10.0, 8.0, false)
        ) as t (kpi, value, base_value, is_comparable)
        cross join (select grain, period_start, comparison, 'total' as dimension from mart.kpi_comparison_periods) as p;
    create table mart.dim_kpi as
        select * from (values
            ('leads', 1, 'Leads', 'Лиды', 'leads', 'count', 'higher'),
            ('revenue', 2, 'Revenue', 'Выручка', 'revenue', 'currency', 'higher'),
            ('ltv', 3, 'LTV', 'LTV', 'ltv_gross_profit', 'currency', 'higher')
        ) as t (kpi, position, name_en, name_ru, numerator, unit, better);
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "funnelmart.yml").write_text(SETTINGS)
    settings = load_settings(tmp_path)
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute(MART)
    publish(settings, RunInfo("run1", STARTED, STARTED.date(), "0.1.0"), PASSED, DESCRIPTIONS)
    return tmp_path


def invoke(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.stdout, result.stderr


def test_kpis_of_this_month_beside_the_last(workspace: Path) -> None:
    code, out, _ = invoke("kpis", "-w", str(workspace), "--json")
    kpis = {entry["kpi"]: entry for entry in json.loads(out)["kpis"]}

    assert code == 0
    assert (kpis["leads"]["value"], kpis["leads"]["previous"], kpis["leads"]["change"]) == (2, 1, 1.0)
    assert kpis["revenue"]["change"] is None  # nothing to compare with


def test_kpis_for_people(workspace: Path) -> None:
    _, out, _ = invoke("kpis", "-w", str(workspace))

    assert out.split("\n")[0].split() == [
        "KPI",
        "2024-03",
        "(1–17)",
        "2024-02",
        "(1–17)",
        "change",
    ]  # the same days of both
    assert "leads to 2024-03-17, spend to 2024-03-15" in out
    assert "not comparable" in out  # a KPI that matures, without times to tell by
    assert "LTV (before cost of goods)" in out  # gross profit is revenue: no margin, no costs
    assert "1,200 EUR" in out
    assert "\x1b" not in out  # no colour where it is piped


@pytest.mark.parametrize(
    ("period", "more"),
    [
        ("2024-01", "; there is something from 2024-02 to 2024-03, such as --period 2024-03"),
        ("2024-04", "; there is something from 2024-02 to 2024-03, such as --period 2024-03"),
        ("2023", ""),  # this mart has no years at all
    ],
)
def test_a_period_that_the_mart_does_not_have_shows_no_other(workspace: Path, period: str, more: str) -> None:
    said = invoke("kpis", "-w", str(workspace), "--period", period)[1]

    assert said == f"nothing to show for this period{more}\n"


def test_the_period_asked_for_is_beside_the_one_before(workspace: Path) -> None:
    _, out, _ = invoke("kpis", "-w", str(workspace), "--period", "2024-03", "--locale", "ru")

    assert out.split("\n")[0].split() == [
        "Показатель", "2024-03", "(1–17)", "2024-02", "(1–17)", "изменение",
    ]  # fmt: skip


def test_status_names_the_run_and_the_checks(workspace: Path) -> None:
    code, out, _ = invoke("status", "-w", str(workspace), "--json")
    status = json.loads(out)

    assert code == 0
    assert (status["published"]["run_id"], status["checks"], status["failed_checks"]) == ("run1", 5, [])


def test_before_the_first_publication(tmp_path: Path) -> None:
    (tmp_path / "funnelmart.yml").write_text(SETTINGS)

    assert invoke("kpis", "-w", str(tmp_path))[0] == 1
    assert invoke("rollback", "-w", str(tmp_path))[0] == 1
    assert "nothing is published yet" in invoke("status", "-w", str(tmp_path))[1]


def test_a_mistake_in_the_settings_ends_with_2_and_names_file_and_key(tmp_path: Path) -> None:
    (tmp_path / "funnelmart.yml").write_text(SETTINGS + "colour: blue\n")

    code, out, _ = invoke("validate", "-w", str(tmp_path), "--json")

    assert code == 2
    assert "funnelmart.yml:3:1: colour: unknown key" in json.loads(out)["message"]


def test_usage_mistakes_end_with_2() -> None:
    assert invoke("kpis", "--grain", "fortnight")[0] == 2


@pytest.mark.parametrize("command", ["run", "validate", "status", "kpis", "rollback", "demo", "docs", "ui"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    code, out, _ = invoke(command, "--help")

    assert code == 0
    assert f"funnelmart {command}" in out


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Decimal("0.114"), "share", "11.4%"),
        (Decimal("3374.39"), "currency", "3,374 EUR"),
        (Decimal("577"), "count", "577"),
        (Decimal("99.5"), "currency", "99.50 EUR"),
        (Decimal("-1250000"), "currency", "-1,250,000 EUR"),
        (Decimal("12.5"), "currency_per_day", "12.50 EUR/day"),
        (Decimal("45.25"), "minutes", "45.3 min"),
        (Decimal("0.0455"), None, "0.0455"),
        (None, "ratio", "–"),
    ],
)
def test_values_are_written_as_people_read_them(value: Decimal | None, unit: str | None, text: str) -> None:
    assert show(value, unit, "EUR") == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Decimal("3374.39"), "currency", "3\u00a0374\u00a0EUR"),
        (Decimal("0.114"), "share", "+11,4\u00a0%"),
        (Decimal("1.5"), "ratio", "1,50"),
        (Decimal("2.25"), "days", "2,3 дн."),
    ],
)
def test_values_are_written_as_russians_read_them(value: Decimal, unit: str, text: str) -> None:
    assert show(value, unit, "EUR", "ru", sign=unit == "share") == text


def test_change_against_a_negative_base_says_the_direction() -> None:
    line = KpiLine("roi", "ROI", "ratio", "higher", current=Decimal(1), previous=Decimal(-1))

    assert line.change == 2.0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--by", "channel", "--goals"], "--by and --goals don't go together"),
        (["--why", "revenue", "--findings"], "--why and --findings don't go together"),
        (["--goals", "--period", "2024"], "--goals and --period don't go together"),
        (["--findings", "--grain", "week"], "--findings and --grain don't go together"),
        (["--grain", "week", "--period", "2024-03"], "--period 2024-03 is a month, --grain says week"),
    ],
)
def test_options_that_do_not_go_together_are_refused(workspace: Path, options: list[str], message: str) -> None:
    code, out, err = invoke("kpis", "-w", str(workspace), *options)

    assert (code, out) == (2, "")
    assert message in err


def test_a_period_says_its_grain(workspace: Path) -> None:
    said = ["-w", str(workspace), "--json", "--period", "2024-03"]

    assert invoke("kpis", *said) == invoke("kpis", *said, "--grain", "month")
