"""How dbt builds a node of which it is known what to send: as table_in_place.sql, view_in_place.sql and kept.sql do."""

import functools
import threading
from collections.abc import Callable
from typing import Any

from orchestration.transform.within_dbt.notes import Notes
from orchestration.transform.within_dbt.sent import MADE_FROM, REST, Sent

KEPT = "KEPT"


def install(notes: Notes, sent: Sent) -> None:
    """Let dbt's runners take the short way where there is one, and its materializations ask `notes`."""
    from dbt.contracts.graph.manifest import Manifest
    from dbt.task.compile import CompileRunner
    from dbt.task.run import ModelRunner
    from dbt.task.test import TestRunner

    classes: tuple[Any, ...] = (Manifest, CompileRunner, ModelRunner, TestRunner)
    manifest_class, compile_runner, model_runner, test_runner = classes
    build_flat_graph = manifest_class.build_flat_graph
    compile_, execute, execute_data_test = compile_runner.compile, model_runner.execute, test_runner.execute_data_test

    @functools.wraps(build_flat_graph)
    def with_ours(self: Any) -> None:
        build_flat_graph(self)
        self.flat_graph["making"] = functools.partial(_making, notes, self.flat_graph)
        self.flat_graph["remember"] = functools.partial(_remember, sent)

    @functools.wraps(compile_)
    def compiled(self: Any, manifest: Any) -> Any:
        known = sent.nodes.get(self.node.unique_id)
        if not known or "code" not in known:
            node = compile_(self, manifest)
            if node.resource_type in ("model", "test"):
                sent.remember(node.unique_id, code=node.compiled_code)
            return node
        self.node.compiled_code, self.node.compiled, self.node.extra_ctes_injected = known["code"], True, True
        return self.compiler._write_node(self.node)

    @functools.wraps(execute)
    def built(self: Any, model: Any, manifest: Any) -> Any:
        known = sent.nodes.get(model.unique_id, {})
        if "create" not in known:
            return execute(self, model, manifest)
        if model.config.materialized == "view":
            return _view(self, model, known)
        return _table(self, model, manifest, known, notes) or execute(self, model, manifest)

    @functools.wraps(execute_data_test)
    def tested(self: Any, test: Any, manifest: Any) -> Any:
        known = sent.nodes.get(test.unique_id, {})
        done = _test(self, test, manifest, known, notes) if "check" in known else None
        return done or execute_data_test(self, test, manifest)

    manifest_class.build_flat_graph = with_ours
    compile_runner.compile, model_runner.execute, test_runner.execute_data_test = compiled, built, tested


def _making(notes: Notes, graph: Any, query: Callable[[str], Any], model: Any, code: str, *said: Any) -> Any:
    """What kept.sql calls as `graph.making`."""
    return notes.making(query, graph, model, code, *said)


def _remember(sent: Sent, node: str, made: Any, texts: dict[str, str]) -> None:
    """What the materializations call as `graph.remember`: texts that they sent, with the hashes of `made` in them."""
    if made is not None and sent.is_kept:
        places = {made["made_from"]: MADE_FROM, made["rest"]: REST} if made else {}
        for name, text in texts.items():
            for hash_, place in places.items():
                text = text.replace(hash_, place)
            sent.remember(node, **{name: text})


def _view(runner: Any, model: Any, known: dict[str, str]) -> Any:
    """Build a view, which is never kept: it is its text."""
    from dbt.contracts.results import RunStatus

    adapter = runner.adapter
    target = adapter.Relation.create_from(runner.config, model).incorporate(type="view")
    adapter.add_query(_dropped(_existing(adapter, target)) + known["create"])
    _end(adapter, target, known)
    return _result(model, RunStatus.Success, "OK")


def _existing(adapter: Any, target: Any) -> Any:
    """What there is by the name of a relation; dbt looks for it among all that it knows, two hundred times a build."""
    from dbt.adapters.reference_keys import _make_ref_key

    if (target.database, target.schema) in adapter.cache:
        found = adapter.cache.relations.get(_make_ref_key(target))
        if found is None or found.inner.identifier == target.identifier:
            return found and found.inner
    return adapter.get_relation(target.database, target.schema, target.identifier)


def _dropped(existing: Any) -> str:
    """The statement that drops a relation, if there is one."""
    return "" if existing is None else f"drop {existing.type} if exists {existing};"


def _end(adapter: Any, target: Any, known: dict[str, str]) -> None:
    """Run the hooks of a node that was built, and commit."""
    if "after" in known:
        adapter.add_query(known["after"])
    adapter.commit_if_has_connection()
    adapter.cache_added(target.incorporate(dbt_created=True))


def _table(runner: Any, model: Any, manifest: Any, known: dict[str, str], notes: Notes) -> Any:
    """Build a table, or keep it; None where only parts of it are to be built, which is dbt's to do."""
    from dbt.contracts.results import RunStatus

    adapter = runner.adapter
    node = manifest.flat_graph["nodes"][model.unique_id]
    target = adapter.Relation.create_from(runner.config, model).incorporate(type="table")
    existing = _existing(adapter, target)
    is_table = existing is not None and existing.type == "table"
    parts = node["config"].get("meta", {}).get("parts")
    name = f"{node['schema']}.{node['alias']}".lower()
    made = notes.making(adapter.add_query, manifest.flat_graph, node, known["code"], name, parts, _is_full())
    if made is None or (parts and made["is_rest_kept"] and is_table and not made["is_kept"]):
        return None
    if made["is_kept"] and is_table:
        _end(adapter, target, {})
        return _result(model, RunStatus.Success, KEPT)
    _, cursor = adapter.add_query(_dropped(existing) + _filled(known["create"], made))
    ((content,),) = cursor.fetchall()
    notes.know(name, made["made_from"], content)
    _end(adapter, target, known)
    return _result(model, RunStatus.Success, "OK")


def _test(runner: Any, test: Any, manifest: Any, known: dict[str, str], notes: Notes) -> Any:
    """Run a test; one that passed over the same tables has passed."""
    from dbt.task.test import TestResultData

    adapter = runner.adapter
    node = manifest.flat_graph["nodes"][test.unique_id]
    made = notes.making(adapter.add_query, manifest.flat_graph, node, known["code"], test.unique_id, None, _is_full())
    if made is None:
        return None
    failures, should_warn, should_error = 0, False, False
    if not made["is_kept"]:
        _, cursor = adapter.add_query(known["check"])
        ((failures, should_warn, should_error),) = cursor.fetchall()
        if failures == 0:
            adapter.add_query(_filled(known["note"], made))
    adapter.commit_if_has_connection()
    return TestResultData(int(failures), bool(should_warn), bool(should_error), {"_message": "OK"})


def _is_full() -> bool:
    from dbt.flags import get_flags

    return bool(getattr(get_flags(), "FULL_REFRESH", False))


def _filled(text: str, made: dict[str, Any]) -> str:
    return text.replace(MADE_FROM, made["made_from"]).replace(REST, made["rest"])


def _result(model: Any, status: Any, message: str) -> Any:
    from dbt.artifacts.schemas.run import RunResult

    return RunResult(
        node=model, status=status, timing=[], thread_id=threading.current_thread().name, execution_time=0,
        message=message, adapter_response={"_message": "OK"}, failures=None, batch_results=None,
    )  # fmt: skip
