"""One set of models for two engines: what is of one engine stands in `macros/engine`, and Spark can read the rest."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlglot import exp, parse_one

from orchestration.extracts.sources import DBT_PROJECT
from orchestration.settings import Settings
from orchestration.transform.command import arguments, dbt_environment
from orchestration.transform.spark.statement import for_spark, parts
from tests.dbt_project import compile_for_spark
from tests.dbt_project.conftest import unit_test_vars

# What only one of the engines says, or each in its own way.
OF_ONE_ENGINE = re.compile(
    r"""
    \b(unnest|generate_series|generate_subscripts|strftime|strptime|epoch\w*|date_diff|datediff|list_\w+|string_agg
      |listagg|array_agg|collect_list|regexp_matches|regexp_full_match|regexp_replace|regexp_split_to_array|arg_max
      |arg_min|quantile\w*|make_timestamp|to_days|to_seconds|url_decode|json_\w+|from_json|explode|sequence
      |unix_timestamp|from_utc_timestamp|to_utc_timestamp|percentile|try|map|struct_pack)\s*\(
    | \bwith\s+recursive\b | \busing\s+key\b | \bas\s+materialized\b | \bunion\s+(all\s+)?by\s+name\b
    | \bdistinct\s+on\b | \blateral\b
    | \basof\b | \bpivot\b | \bat\s+time\s+zone\b | \*\s+(exclude|except|replace)\b | :: | \blambda\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
CHECKS = DBT_PROJECT.parent / "data_checks"
# It compares texts with the hashes of known people, which landing writes with DuckDB's own function.
OF_DUCKDB = {"published_text.py"}
# Functions of Spark that the translator passes on as they are, because it doesn't know them. One that is new here is
# either Spark's and is added, or another engine's and goes behind a macro.
PASSED_ON = {"conv", "format_number", "get", "median", "percentile", "timestamp_micros", "try_url_decode"}


def portable() -> Iterator[Path]:
    for folder in ("models", "macros", "tests"):
        for path in sorted((DBT_PROJECT / folder).rglob("*.sql")):
            if "engine" not in path.relative_to(DBT_PROJECT).parts:
                yield path


def without_comments(sql: str) -> str:
    return re.sub(r"\{#.*?#\}|--[^\n]*", "", sql, flags=re.DOTALL)


def in_python(path: Path) -> str:
    """The texts of a module, those among which its SQL is."""
    nodes = ast.walk(ast.parse(path.read_text()))
    return "\n".join(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def decimals_of_floats(sql: str) -> Iterator[str]:
    """Casts of something that names a double to a decimal of so few digits as are published."""
    for start in re.finditer(r"\bcast\(", sql):
        depth, end = 1, start.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(sql[end], 0)
            end += 1
        cast = sql[start.end() : end - 1]
        if re.search(r"\bas\s+double\b", cast) and re.search(r"\bas decimal\(\d+, [0-6]\)\s*$", cast):
            yield cast


def test_a_float_becomes_money_by_a_rounding_that_is_said() -> None:
    """Half a millionth is a cast's own business, and engines differ: see the macros `in_millionths` and `rounded`."""
    found = [
        f"{path.name}: {cast}"
        for path in portable()
        for cast in decimals_of_floats(without_comments(path.read_text()))
        if not re.search(r"\b(in_millionths|rounded|round|floor)\(", cast)
    ]
    assert found == []


def test_what_is_of_one_engine_stands_in_its_folder() -> None:
    texts = {path: path.read_text() for path in portable()}
    texts |= {path: in_python(path) for path in CHECKS.rglob("*.py") if path.name not in OF_DUCKDB}
    found = [
        f"{path.name}: {match[0].strip()}"
        for path, text in texts.items()
        for match in OF_ONE_ENGINE.finditer(without_comments(text))
    ]
    assert found == []


@pytest.fixture(scope="module")
def statements_for_spark(empty_workspace: Settings, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Name of each model -> its statements as Spark is told them."""
    target = tmp_path_factory.mktemp("spark")
    of_build = empty_workspace.state_path / "target"
    (target / "partial_parse.msgpack").write_bytes((of_build / "partial_parse.msgpack").read_bytes())
    said = arguments(empty_workspace, [], unit_test_vars(empty_workspace))
    said[said.index("--target-path") + 1] = str(target)
    command = [sys.executable, "-P", str(Path(compile_for_spark.__file__)), *said]
    done = subprocess.run(command, env=dbt_environment(empty_workspace), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    compiled = target / "compiled" / "funnelmart" / "models"
    # the tests of `x.yml` are compiled into a folder of that name
    models = [path for path in compiled.rglob("*.sql") if not path.parent.suffix]
    return {path.stem: [for_spark(part) for part in parts(path.read_text())] for path in models}


def test_every_model_compiles_for_both_engines(
    compiled_models: dict[str, str], statements_for_spark: dict[str, list[str]]
) -> None:
    assert statements_for_spark.keys() == compiled_models.keys() != set()


def test_spark_knows_every_function(statements_for_spark: dict[str, list[str]]) -> None:
    unknown: dict[str, set[str]] = {}
    for model, statements in statements_for_spark.items():
        for statement in statements:
            for function in parse_one(statement, read="spark").find_all(exp.Anonymous):
                unknown.setdefault(function.name.lower(), set()).add(model)
    assert {name: models for name, models in unknown.items() if name not in PASSED_ON} == {}


def test_only_decimals_are_rounded_to_digits(statements_for_spark: dict[str, list[str]]) -> None:
    """Half a cent is no half as a float, and each engine rounds it in its own way: `rounded` is for floats."""
    floats = {
        f"{model}: {rounding.sql()}"
        for model, statements in statements_for_spark.items()
        for statement in statements
        for rounding in parse_one(statement, read="spark").find_all(exp.Round)
        if rounding.args.get("decimals") and not is_decimal(rounding.this)
    }
    assert floats == set()


def is_decimal(expression: exp.Expression) -> bool:
    """A decimal, or a product that begins with one."""
    first = expression.this if isinstance(expression, exp.Mul) else expression
    return isinstance(first, exp.Cast) and first.to.is_type(exp.DataType.Type.DECIMAL)
