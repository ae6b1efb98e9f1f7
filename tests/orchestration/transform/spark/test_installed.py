"""A workspace whose engine is Spark says what is missing before anything is started."""

from pathlib import Path

import pytest

from orchestration.errors import SparkMissingError
from orchestration.settings import load_settings
from orchestration.transform.dbt import run_dbt
from orchestration.transform.spark import installed


@pytest.fixture
def said(tmp_path: Path) -> str:
    """What a run says in an environment as the test has made it."""
    (tmp_path / "funnelmart.yml").write_text("company: Acme\nengine: {target: spark}\n")
    with pytest.raises(SparkMissingError) as refused:
        run_dbt(load_settings(tmp_path), ["parse"])
    assert "make spark" in refused.value.next_step
    assert refused.value.exit_code == 2
    return str(refused.value)


def test_a_server_has_its_own_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is needed to speak to it is looked for."""
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "jdk"))
    monkeypatch.setattr(installed, "find_spec", lambda name: None if name == "grpc" else object())
    with pytest.raises(SparkMissingError, match="grpc is not installed"):
        installed.check_spark("sc://spark:15002")
    monkeypatch.setattr(installed, "find_spec", lambda name: object())
    installed.check_spark("sc://spark:15002")


class TestPackage:
    @pytest.fixture(autouse=True)
    def _without_pyspark(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(installed, "find_spec", lambda name: None if name == "pyspark" else object())

    def test_the_package_is_named(self, said: str) -> None:
        assert said == "engine.target is spark, and pyspark is not installed in this environment"


class TestJava:
    @pytest.fixture(autouse=True)
    def _without_java(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(installed, "find_spec", lambda name: object())
        monkeypatch.setenv("JAVA_HOME", str(tmp_path / "jdk"))

    def test_where_java_was_looked_for_is_named(self, said: str, tmp_path: Path) -> None:
        assert said == f"engine.target is spark, and there is no Java in JAVA_HOME ({tmp_path / 'jdk'})"
