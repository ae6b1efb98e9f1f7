"""All definitions of the demo's workspace as lines of text, so that a change of one shows as a changed line.

`make definitions` writes the committed list again.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import dagster as dg

from demo.generate import HERE, SETTINGS
from orchestration.definitions import definitions_for
from orchestration.settings import load_settings

COMMITTED = Path(__file__).resolve().parents[2] / "golden" / "definitions.txt"


def demo_definitions(folder: Path) -> dg.Definitions:
    """What Dagster loads for the demo; definitions need its settings, not its extracts."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(HERE / SETTINGS, folder / SETTINGS)
    return definitions_for(load_settings(folder))


def listing(definitions: dg.Definitions) -> str:
    """One line for each asset, check, job, schedule and sensor, sorted within its kind."""
    graph = definitions.resolve_asset_graph()
    kinds = (
        ("asset: group, owners, kinds, watched for freshness", _assets(definitions)),
        ("check", (_check(graph.get(key)) for key in graph.asset_check_keys)),
        ("job: steps", (_job(definitions, job.name) for job in definitions.jobs or ())),
        ("schedule: cron, time zone, job, switched", map(_schedule, definitions.schedules or ())),
        ("sensor: seconds between looks, job, switched", map(_sensor, definitions.sensors or ())),
    )
    return "\n".join("\n".join([f"# {title}", *sorted(lines), ""]) for title, lines in kinds)


def _assets(definitions: dg.Definitions) -> Iterator[str]:
    for spec in definitions.resolve_all_asset_specs():
        watched = ["fresh"] if spec.freshness_policy else []
        said = [spec.group_name or "-", *spec.owners, "+".join(sorted(spec.kinds)), *watched]
        yield f"{spec.key.to_user_string()}: {', '.join(said)}"


def _check(check: object) -> str:
    key: dg.AssetCheckKey = check.key  # type: ignore[attr-defined]
    blocks = ", blocking" if check.blocking else ""  # type: ignore[attr-defined]
    return f"{key.asset_key.to_user_string()}: {key.name}{blocks}"


def _job(definitions: dg.Definitions, name: str) -> str:
    job = definitions.resolve_job_def(name)
    by = f" (by {type(job.partitions_def).__name__})" if job.partitions_def else ""
    return f"{name}{by}: {' '.join(node.name for node in job.nodes_in_topological_order)}"


def _schedule(schedule: object) -> str:
    assert isinstance(schedule, dg.ScheduleDefinition)
    said = (schedule.cron_schedule, schedule.execution_timezone, schedule.job_name, schedule.default_status.value)
    return f"{schedule.name}: {', '.join(map(str, said))}"


def _sensor(sensor: object) -> str:
    assert isinstance(sensor, dg.SensorDefinition)
    said = (sensor.minimum_interval_seconds, sensor.job_name, sensor.default_status.value)
    return f"{sensor.name}: {', '.join(map(str, said))}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        COMMITTED.write_text(listing(demo_definitions(Path(temporary))), encoding="utf-8")
