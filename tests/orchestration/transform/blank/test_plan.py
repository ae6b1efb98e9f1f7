"""What builds of a small project leave out: never what could be another thing than it was."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.settings import Settings
from orchestration.transform.blank import plan as planning

SOURCES = {"raw.refunds": "amount decimal(28, 2), note varchar", "raw.leads": "lead_id varchar"}
MODELS = {
    "staging.stg_refunds": "select amount from warehouse.raw.refunds",
    "intermediate.int_refunds": "select amount, 1 as today from warehouse.staging.stg_refunds",
    "intermediate.int_leads": "select lead_id from warehouse.raw.leads",
    "mart.fct_refunds": "select amount from warehouse.intermediate.int_refunds",
    "mart.kpi_total": "select (select sum(amount) from warehouse.mart.fct_refunds) as refunds, count(*) as leads "
    "from warehouse.intermediate.int_leads",
    "mart.hooked": "select amount from warehouse.intermediate.int_refunds",
}
TEST = "select amount from warehouse.mart.fct_refunds where amount is null"
EVERYTHING = {*(name.split(".")[1] for name in MODELS), "rules", "not_null_refunds"}
WITHOUT_REFUNDS = {"int_leads", "kpi_total", "hooked"}


def manifest() -> dict[str, Any]:
    nodes: dict[str, Any] = {
        f"model.m.{name}": {
            "resource_type": "model",
            "schema": schema,
            "alias": name,
            "config": {
                "materialized": "view" if schema == "staging" else "table",
                "post-hook": ["create view"] if name == "hooked" else [],
            },
            "depends_on": {
                "nodes": [f"model.m.{other.split('.')[1]}" for other in MODELS if f"warehouse.{other}" in sql]
            },
        }
        for (schema, name), sql in ((full.split("."), sql) for full, sql in MODELS.items())
    }
    nodes["seed.m.rules"] = {
        "resource_type": "seed", "schema": "intermediate", "alias": "rules", "config": {"materialized": "seed"},
    }  # fmt: skip
    nodes["test.m.not_null_refunds"] = {"resource_type": "test", "config": {}}
    sources = {
        f"source.m.{name}": {
            "schema": name.split(".")[0],
            "identifier": name.split(".")[1],
            "columns": {column.split()[0]: {} for column in columns.split(", ") if not column.startswith("note")},
        }
        for name, columns in SOURCES.items()
    }
    return {"nodes": nodes, "sources": sources}


class Company:
    """A workspace whose models are built by hand, as a run would have dbt build them."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.settings = Settings(workspace=folder, company="Acme")
        self.warehouse = duckdb.connect(str(folder / "warehouse.duckdb"))
        self.code("1")
        self._patch = monkeypatch
        self.warehouse.execute("create schema raw")
        for name, columns in SOURCES.items():
            self.warehouse.execute(f"create table {name} ({columns})")
        self.warehouse.execute("insert into raw.leads values ('L1')")

    def code(self, version: str) -> None:
        """Another version of the code."""
        self.version = version

    def run(self, full: bool = False, fails: bool = False) -> set[str]:
        """Build; returns the names of what was built. It may fail before its end."""
        self._patch.setattr(planning, "project_fingerprint", lambda settings: self.version)
        said = manifest()
        plan = planning.begin(self.warehouse, said, self.settings, full)
        built = set(said["nodes"]) - plan.left_out
        for name, sql in MODELS.items():
            if f"model.m.{name.split('.')[1]}" in built:
                kind = said["nodes"][f"model.m.{name.split('.')[1]}"]["config"]["materialized"]
                self.warehouse.execute(f"create schema if not exists {name.split('.')[0]}")
                self.warehouse.execute(f"create or replace {kind} {name} as {sql}")
                plan.compiled[f"model.m.{name.split('.')[1]}"] = sql
        if "seed.m.rules" in built:
            self.warehouse.execute("create or replace table intermediate.rules as select 1 as rule")
        plan.compiled["test.m.not_null_refunds"] = TEST
        if not fails:
            planning.finish(self.warehouse, said, self.settings, plan)
        return {node.split(".")[-1] for node in built}

    def refunds(self) -> list[tuple[Any, ...]]:
        return self.warehouse.execute("select refunds, leads from mart.kpi_total").fetchall()


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Company]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "cache" / "funnelmart" / "parsed" / "1").mkdir(parents=True)
    (tmp_path / "acme").mkdir()
    company = Company(tmp_path / "acme", monkeypatch)
    yield company
    company.warehouse.close()


def test_what_can_have_no_rows_is_built_once(company: Company) -> None:
    assert company.run() == EVERYTHING
    assert company.run() == WITHOUT_REFUNDS
    assert company.refunds() == [(None, 1)]


def test_a_source_gains_rows_and_loses_them_again(company: Company) -> None:
    company.run()
    company.warehouse.execute("insert into raw.refunds values (5, null)")
    assert {"int_refunds", "fct_refunds", "not_null_refunds"} <= company.run()
    assert company.refunds() == [(5, 1)]

    company.warehouse.execute("delete from raw.refunds")
    assert {"int_refunds", "fct_refunds"} <= company.run()  # once more, to get rid of the rows
    assert company.refunds() == [(None, 1)]
    assert company.run() == WITHOUT_REFUNDS


def test_changed_code_builds_everything(company: Company) -> None:
    company.run()
    company.code("2")
    assert company.run() == EVERYTHING
    assert company.run() == WITHOUT_REFUNDS


def test_a_build_of_other_code_that_failed_leaves_nothing_to_rely_on(company: Company) -> None:
    company.run()
    company.code("2")
    company.run(fails=True)
    company.code("1")
    assert company.run() == EVERYTHING


def test_a_single_model_of_other_code_counts_as_such(company: Company) -> None:
    company.run()
    company.code("2")
    company._patch.setattr(planning, "project_fingerprint", lambda settings: "2")
    planning.begin_part(company.warehouse, manifest(), company.settings)
    company.code("1")
    assert company.run() == EVERYTHING


def test_a_raw_column_of_another_type_builds_everything(company: Company) -> None:
    company.run()
    company.warehouse.execute("alter table raw.refunds add column more varchar")  # no model names it
    assert company.run() == WITHOUT_REFUNDS
    company.warehouse.execute("alter table raw.refunds alter amount type double")
    assert company.run() == EVERYTHING


def test_full_builds_everything(company: Company) -> None:
    company.run()
    assert company.run(full=True) == EVERYTHING


def test_another_workspace_of_the_same_code_begins_with_the_empty_tables(
    company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.run()
    (tmp_path / "other").mkdir()
    other = Company(tmp_path / "other", monkeypatch)

    assert other.run() == WITHOUT_REFUNDS | {"rules"}
    assert other.refunds() == [(None, 1)]
    assert other.warehouse.execute("describe mart.fct_refunds").fetchall() == (
        company.warehouse.execute("describe mart.fct_refunds").fetchall()
    )


def test_a_damaged_blueprint_is_drawn_again(company: Company) -> None:
    company.run()
    for path in company.settings.workspace.parent.rglob("blank.json"):
        path.write_text("{")
    assert company.run() == EVERYTHING
    assert company.run() == WITHOUT_REFUNDS


def test_tables_that_cannot_be_made_as_noted_are_built(
    company: Company, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.run()
    for path in tmp_path.rglob("blank.json"):
        path.write_text(path.read_text().replace("create view", "create few", 1))
    (tmp_path / "other").mkdir()
    other = Company(tmp_path / "other", monkeypatch)

    assert other.run() == EVERYTHING
    assert other.refunds() == [(None, 1)]
    assert other.run() == WITHOUT_REFUNDS


def test_a_blueprint_that_is_damaged_lets_everything_be_built(company: Company, tmp_path: Path) -> None:
    company.run()
    for name in (company.settings.state_path / "target", tmp_path / "cache" / "funnelmart" / "parsed" / "1"):
        (name / "blank.json").write_bytes(b'{"fingerprint": "\xff')
        (name / "sent.json").write_bytes(b"\xff")
    assert company.run() == EVERYTHING
    assert company.run() == WITHOUT_REFUNDS
