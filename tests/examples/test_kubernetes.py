"""examples/kubernetes names what is there: module, variables, volume, secret; nothing of it was run on a cluster."""

import importlib.util
import re
from pathlib import Path
from typing import Any

import dagster as dg
import yaml
from sqlalchemy import make_url

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "examples" / "kubernetes"


def values() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / "values.yaml").read_text())
    return found


def test_the_code_location_is_a_module_with_definitions() -> None:
    (deployment,) = values()["dagster-user-deployments"]["deployments"]
    option, module = deployment["dagsterApiGrpcArgs"]
    assert option == "--module-name"
    spec = importlib.util.find_spec(module)
    assert spec
    assert spec.origin
    assert "@dg.definitions" in Path(spec.origin).read_text()


def test_every_variable_is_one_that_the_program_reads() -> None:
    read = {
        name
        for path in (ROOT / "orchestration").rglob("*.py")
        for name in re.findall(r'"(FUNNELMART_\w+)"', path.read_text())
    }
    named = {name for path in FOLDER.iterdir() for name in re.findall(r"\bFUNNELMART_[A-Z_]+", path.read_text())}
    assert {"FUNNELMART_WORKSPACE", "FUNNELMART_PERSON_KEY"} <= named <= read


def test_runs_get_the_volume_with_the_workspace_that_is_claimed() -> None:
    (deployment,) = values()["dagster-user-deployments"]["deployments"]
    claim = yaml.safe_load((FOLDER / "volume.yaml").read_text())
    assert deployment["includeConfigInLaunchedRuns"] == {"enabled": True}
    assert [volume["persistentVolumeClaim"]["claimName"] for volume in deployment["volumes"]] == [
        claim["metadata"]["name"]
    ]
    (mount,) = deployment["volumeMounts"]
    assert mount["name"] == deployment["volumes"][0]["name"]
    assert {"name": "FUNNELMART_WORKSPACE", "value": mount["mountPath"]} in deployment["env"]


def test_one_run_at_a_time_as_the_workspace_has_one_writer() -> None:
    coordinator = values()["dagsterDaemon"]["runCoordinator"]
    assert coordinator["config"]["queuedRunCoordinator"]["maxConcurrentRuns"] == 1
    assert hasattr(dg._core.run_coordinator, coordinator["type"])


def test_postgres_is_reached_by_the_driver_that_dagster_postgres_installs() -> None:
    scheme = values()["postgresql"].get("postgresqlScheme", "postgresql")
    assert make_url(f"{scheme}://postgres.example.internal").get_dialect().driver == "psycopg2"


def test_the_image_installs_an_extra_that_there_is_and_no_secret() -> None:
    dockerfile = (FOLDER / "Dockerfile").read_text()
    (extra,) = re.findall(r"\.\[(\w+)\]", dockerfile)
    assert f"\n{extra} = [" in (ROOT / "pyproject.toml").read_text()
    assert "PASSWORD" not in dockerfile
    assert "postgresqlPassword" not in values()["postgresql"]
