"""A dbt project of a few models with the real project's materializations, for tests of what is built again."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

import duckdb
import yaml

from orchestration.extracts.sources import DBT_PROJECT
from orchestration.transform import dbt_process
from orchestration.transform.blank.made import note_sources

MODELS = {
    "staged": "{{ config(materialized='view') }} select * from {{ source('raw', 'sales') }}",
    # rows of one shop are a part; the last sale of a shop is marked, which takes all rows of the shop
    "sales": """
        {{ config(meta={'parts': {'by': ['shop'], 'of': {'staged': ['shop']}, 'read_as': {'rates': ['max(rate)']}}}) }}
        select shop, day, amount * (select max(rate) from {{ ref('rates') }}) as amount,
            row_number() over (partition by shop order by day desc, amount desc) = 1 as is_last
        from {{ ref('staged') }}""",
    "rates": "select distinct rate from {{ source('raw', 'rates') }}",
    "shops": """
        {{ config(post_hook='create or replace view main.shown as select * from {{ this }}') }}
        select distinct shop from {{ ref('sales') }}""",
    "named": """
        select upper(shop) as shop, today
        from {{ ref('shops') }} cross join (select today from {{ source('raw', 'run') }}) as run""",
}


def write(folder: Path) -> None:
    """Write the project, its profile (the database `small.duckdb` beside it) and the engine's macros."""
    (folder / "models").mkdir(parents=True, exist_ok=True)
    for name, sql in MODELS.items():
        (folder / "models" / f"{name}.sql").write_text(sql)
    tests = [{"name": "shops", "columns": [{"name": "shop", "data_tests": ["not_null"]}]}]
    sources = [{
        "name": "raw",
        "tables": [
            {"name": "sales"},
            {"name": "rates"},
            {
                "name": "run",
                "config": {"meta": {"kept_by_column": True}},
                "columns": [{"name": "today"}, {"name": "now_at"}],
            },
        ],
    }]  # fmt: skip
    (folder / "models" / "small.yml").write_text(yaml.safe_dump({"models": tests, "sources": sources}))
    project: dict[str, Any] = {
        "name": "small", "version": "1.0", "profile": "small", "model-paths": ["models"],
        "macro-paths": [str(DBT_PROJECT / "macros" / "engine")],
        "models": {"small": {"materialized": "table"}},
        "flags": {"send_anonymous_usage_stats": False},
    }  # fmt: skip
    (folder / "dbt_project.yml").write_text(yaml.safe_dump(project))
    output = {"type": "duckdb", "path": str(folder / "small.duckdb"), "threads": 1, "schema": "main"}
    (folder / "profiles.yml").write_text(yaml.safe_dump({"small": {"target": "d", "outputs": {"d": output}}}))


class SmallProject:
    """The project in a folder, a new one or one with its database, and the dbt process that builds it."""

    def __init__(self, folder: Path) -> None:
        is_new = not folder.exists()
        write(folder)
        self._folder = folder
        self._said = ["--project-dir", str(folder), "--profiles-dir", str(folder), "--target-path", str(folder / "t")]
        command = [sys.executable, "-P", dbt_process.__file__, "--serve"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=folder, text=True)
        if is_new:
            self.sql(
                "create schema raw",
                "create table raw.sales (shop varchar, day date, amount decimal(9, 2))",
                "create table raw.rates as select 2 as rate",
                "create table raw.run as select date '2024-01-01' as today, timestamp '2024-01-01 09:00:00' as now_at",
            )

    def __enter__(self) -> Self:
        self._ask({"args": ["parse", *self._said]})
        self._manifest = json.loads((self._folder / "t" / "manifest.json").read_text())
        return self

    def __exit__(self, *_: object) -> None:
        with self._process:
            pass

    def sql(self, *statements: str) -> list[tuple[Any, ...]]:
        """Do the statements in the database; returns the rows of the last one."""
        with duckdb.connect(str(self._folder / "small.duckdb")) as connection:
            for statement in statements:
                found = connection.execute(statement)
            return found.fetchall()

    def build(self, *options: str, code: str = "1") -> set[str]:
        """Build everything; returns the names of the tables that were not kept."""
        with duckdb.connect(str(self._folder / "small.duckdb")) as connection:
            note_sources(connection, self._manifest, code, forget="--full-refresh" in options)
        results = self._folder / "results.json"
        sent = {"by": code, "files": [str(self._folder / "sent.json")]}
        said = [*self._said, "--threads", "2"]  # as models of middling data are built
        self._ask({"args": ["build", *said, *options], "results": str(results), "sent": sent})
        found = json.loads(results.read_text())["results"]
        models = [one for one in found if one["unique_id"].startswith("model.")]
        return {one["unique_id"].split(".")[-1] for one in models if one["message"] != "KEPT"} - {"staged"}

    def _ask(self, request: dict[str, object]) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        lines = []
        for line in self._process.stdout:
            if line.startswith(dbt_process.MARK):
                assert json.loads(line.removeprefix(dbt_process.MARK))["code"] == 0, "".join(lines)
                return
            lines.append(line)
        raise AssertionError("".join(lines))
