"""dbt as a process that ends with the run that started it: one command, or with `--serve` as many as are asked for.

Asked means: one JSON document a line on standard input, such as {"args": ["build", …]}, with "nodes" where it shall be
these and no others, with "environment" where the profile is to say something else, with "parsed" (a file) where dbt has
read the project before, with "sent" where an earlier build may have sent the same (within_dbt/sent.py). A document with
"query" and "folder" is a question to the Spark session, whose answer is written there. What dbt prints goes to standard
output, with a line for each node of a build that has ended (within_dbt/ended.py), and after it one line that begins
with MARK and says how it went. The manifest of the first `parse` serves all that follow, and between two commands the
warehouse is closed, so that others can open it.

A run killed with SIGKILL can't stop its children: an orphaned dbt would go on writing and keep the warehouse locked for
the next run. The kernel closes the pipe to standard input whatever ends the parent, so that is what this waits for.
"""

import gc
import json
import multiprocessing
import os
import queue
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from orchestration.transform.within_dbt import ended, linked, short_way
from orchestration.transform.within_dbt.messages import without_debug
from orchestration.transform.within_dbt.notes import Notes
from orchestration.transform.within_dbt.sent import Sent

MARK = "\x1e"
_requests: "queue.Queue[dict[str, Any]]" = queue.Queue()


def _read_requests() -> None:
    """Pass requests on; the end of standard input is the end of the parent, whatever dbt is doing then."""
    rest = b""
    while read := os.read(sys.stdin.fileno(), 1 << 16):  # unbuffered: a buffer's lock would keep the interpreter alive
        *lines, rest = (rest + read).split(b"\n")
        for line in lines:
            _requests.put(json.loads(line))
    os._exit(1)


def serve() -> None:
    """Do what is asked, one after the other, for as long as the parent lives."""
    gc.disable()  # what dbt imports and loads stays; to look through it again and again takes a fifth of the time
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner
    from dbt_common.events.event_manager import EventManager
    from dbt_common.events.event_manager_client import ctx_set_event_manager

    ctx_set_event_manager(without_debug(EventManager))
    notes, sent = Notes(), Sent()
    short_way.install(notes, sent)
    ended.install()
    linked.install()
    lake = _lake()
    manifest: Any = None
    while True:
        request = _requests.get()
        if "query" in request:
            error = lake.answer(request["query"], request["folder"])
            print(f"{MARK}{json.dumps({'code': 1 if error else 0, 'error': error})}", flush=True)
            continue
        args: list[str] = request["args"]
        os.environ.update(request.get("environment", {}))  # the profile is read anew for each command
        if lake and "build" in args and (error := lake.know_raw()):
            print(f"{MARK}{json.dumps({'code': 2, 'error': error})}", flush=True)
            continue
        if "parsed" in request and (manifest := _loaded(Path(request["parsed"]))):
            print(f"{MARK}{json.dumps({'code': 0, 'error': None})}", flush=True)
            if _requests.empty():
                _warm_up(manifest, args)
            continue
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        notes.forget()
        earlier = request.get("sent", {"by": None, "files": []})
        sent.begin(earlier["by"], map(Path, earlier["files"]))
        with _only(request.get("nodes")):
            done = dbtRunner(manifest=manifest if "parse" not in args else None).invoke(args)
        if "parse" in args and done.success:
            manifest = done.result
        result: Any = done.result
        if "results" in request and result is not None:
            result.write(request["results"])
        if earlier["files"]:
            sent.write(Path(earlier["files"][0]))
        if lake and "build" in args:
            lake.write_down()
        _let_go(DuckDBConnectionManager)
        error = None if done.exception is None else f"{type(done.exception).__name__}: {done.exception}"
        code = 0 if done.success else 1 if done.exception is None else 2
        print(f"{MARK}{json.dumps({'code': code, 'error': error})}", flush=True)


def _loaded(parsed: Path) -> Any:
    """What dbt read of the project before, where nothing has changed since: dbt's own way there looks at every file.

    None where it can't be read; then dbt reads the project.
    """
    from dbt.contracts.graph.manifest import Manifest

    try:
        manifest = Manifest.from_msgpack(parsed.read_bytes())
        manifest.build_parent_and_child_maps()
        manifest.build_flat_graph()
        linked.link(manifest)
    except Exception as error:  # whatever a torn file makes of it
        print(f"{parsed}: {error}; the project is read again", flush=True)
        return None
    return manifest


def _warm_up(manifest: Any, args: list[str]) -> None:
    """Let dbt make what it makes for its first build while files land: a build of nothing opens no database."""
    from dbt.cli.main import dbtRunner

    build = ["build" if arg == "parse" else "none" if arg == "info" else arg for arg in args]
    with _only([]):
        dbtRunner(manifest=manifest).invoke([*build, "--no-write-json", "--quiet"])


@contextmanager
def _only(nodes: list[str] | None) -> Iterator[None]:
    """Within the block dbt selects these nodes; to find two hundred of them by their names takes it four seconds."""
    from dbt.graph.selector import NodeSelector

    selector: Any = NodeSelector
    by_words = selector.select_nodes
    if nodes is not None:
        selector.select_nodes = lambda *_, **__: (set(nodes), set())
    try:
        yield
    finally:
        selector.select_nodes = by_words


def lock_alone() -> None:
    """Let dbt's locks be of this process, as its threads are: else another Python watches them, 13 MB of it."""
    from dbt import mp_context

    context: Any = mp_context
    context._MP_CONTEXT = multiprocessing.get_context("fork")


def read_alike() -> None:
    """Let what dbt read of the project hold for every workspace: it depends on no path and no limit of the engine.

    dbt reads the project again where anything of its connection changes; the project asks the connection for nothing.
    """
    from dbt.adapters.duckdb.credentials import DuckDBCredentials

    credentials: Any = DuckDBCredentials
    credentials._connection_keys = lambda _: ("database", "schema")


def _lake() -> Any:
    """The Spark session of the process, where the workspace's engine is Spark."""
    if os.environ.get("FUNNELMART_TARGET") != "spark":
        return None
    from orchestration.transform.spark import session

    session.install()
    return session


def _let_go(connections: Any) -> None:
    """Close the warehouse, which the adapter keeps open until the process ends."""
    with connections._LOCK:
        if connections._ENV is not None:
            connections._ENV.close()
        connections.close_all_connections()


if __name__ == "__main__":
    os.umask(0o077)  # the warehouse and what dbt compiles are the owner's alone
    threading.Thread(target=_read_requests, name="end with parent", daemon=True).start()
    lock_alone()
    read_alike()
    if sys.argv[1:] == ["--serve"]:
        serve()
    else:
        from dbt.cli.main import cli

        short_way.install(Notes(), Sent())
        _lake()
        cli()
