"""A BI tool queries in a loop while ten runs publish: no failed query, no blocked publication."""

import json
import subprocess
import sys
from pathlib import Path

from orchestration.publish import kept_marts
from tests.orchestration.publish.conftest import publish_leads, settings  # noqa: F401  the fixture

READER = """
import json, select, sys, duckdb
path = sys.argv[1]
held = duckdb.connect(path, read_only=True)
seen, failures, announced = [], [], False
while not select.select([sys.stdin], [], [], 0)[0]:
    try:
        if held.execute("select sum(leads) from mart.kpi_total").fetchone() != (1,):
            failures.append("the long-held connection changed")
        with duckdb.connect() as fresh:
            fresh.execute(f"attach '{path}' as live (read_only)")
            seen.append(fresh.execute("select sum(leads) from live.mart.kpi_total").fetchone()[0])
    except Exception as error:
        failures.append(repr(error))
    if not announced:
        print("reading", flush=True)
        announced = True
print(json.dumps({"seen": seen, "failures": failures}))
"""


def test_readers_are_never_disturbed_and_never_in_the_way(settings) -> None:  # noqa: F811
    publish_leads(settings, "run1", [1])
    command = [sys.executable, "-c", READER, str(settings.published_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        for number in range(2, 12):
            publish_leads(settings, f"run{number}", [number])
        out, _ = reader.communicate("stop\n")

    report = json.loads(out)
    assert report["failures"] == []
    assert len(report["seen"]) >= 10
    assert report["seen"] == sorted(report["seen"])
    assert len(kept_marts(settings)) == settings.publish.keep


def test_the_reader_sees_the_new_mart_when_it_opens_it_again(settings, tmp_path: Path) -> None:  # noqa: F811
    publish_leads(settings, "run1", [1])
    query = f"import duckdb; print(duckdb.connect({str(settings.published_path)!r}, read_only=True)"
    query += ".execute('select sum(leads) from mart.kpi_total').fetchone()[0])"

    def read() -> str:
        return subprocess.run([sys.executable, "-c", query], capture_output=True, text=True, check=True).stdout.strip()

    first = read()
    publish_leads(settings, "run2", [2])

    assert (first, read()) == ("1", "2")
