"""The order of the rooms: each folder is a step of the data's way and imports only what stands below it."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# From the faces down to the ground. A room imports only rooms of later lines.
ROOMS = (
    ("cli",),
    ("definitions",),
    ("defs",),
    ("add_source", "new_workspace", "pull"),
    ("notify",),
    ("views",),
    ("publish",),
    ("transform",),
    ("runs",),
    ("extracts",),
    ("temporary",),
    ("warehouse", "lock", "rights"),
    ("settings", "progress"),
    ("errors", "written", "for_good", "counted"),
)
# The way of a file, its end first; sources, feed, sql and validate are shared by all four rooms.
WAY_OF_A_FILE = ("land", "type", "read", "find")
BESIDE = {
    "data_checks": {"settings", "warehouse", "errors", "for_good", "extracts.sources", "extracts.source_specs"},
    "kpi_report": {"settings", "views", "errors"},
}
NAMES_DBT_PROJECT = {
    "orchestration.extracts.sources",
    "orchestration.extracts.sources_page",
    "orchestration.add_source.add_folder",
    "orchestration.add_source.dbt_model",
}


def modules() -> dict[str, Path]:
    found = {}
    for top in ("orchestration", *BESIDE):
        for path in (ROOT / top).rglob("*.py"):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            found[name.removesuffix(".__init__")] = path
    return found


MODULES = modules()


def imported_names(path: Path) -> Iterator[str]:
    """Everything that a module imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in MODULES else node.module


IMPORTS = {name: set(imported_names(path)) for name, path in MODULES.items()}


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def test_a_room_imports_only_rooms_below_it() -> None:
    rank = {name: line for line, names in enumerate(ROOMS) for name in names}
    wrong = [
        f"{module} imports {other}"
        for module, others in IMPORTS.items()
        for other in others
        if module.startswith("orchestration.") and other.startswith("orchestration.") and room(module) != room(other)
        if rank[room(other)] <= rank[room(module)]
    ]
    assert wrong == []


def test_the_page_for_newcomers_names_every_room_in_its_order() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = page.partition("| room |")[2].partition("\n\n")[0]
    told = [name for row in table.splitlines() for name in re.findall(r"`(\w+)(?:/|\.py)`", row.split("|")[1])]
    line = {name: number for number, names in enumerate(ROOMS) for name in names}

    assert sorted(told) == sorted(line)
    assert [line[name] for name in told] == sorted(line.values())


def test_a_file_goes_through_its_rooms_in_order() -> None:
    def step(module: str) -> str:
        parts = module.removeprefix("orchestration.extracts.").split(".")
        return parts[0] if module.startswith("orchestration.extracts.") and parts[0] in WAY_OF_A_FILE else ""

    wrong = [
        f"{module} imports {other}"
        for module, others in IMPORTS.items()
        for other in others
        if step(module) and step(other)
        if WAY_OF_A_FILE.index(step(other)) < WAY_OF_A_FILE.index(step(module))
    ]
    assert wrong == []


@pytest.mark.parametrize("package", BESIDE)
def test_what_stands_beside_sees_no_more_than_it_needs(package: str) -> None:
    wrong = [
        f"{module} imports {other}"
        for module, others in IMPORTS.items()
        for other in others
        if module.split(".")[0] == package and other.startswith("orchestration.")
        if not any(
            (other.removeprefix("orchestration.") + ".").startswith(allowed + ".") for allowed in BESIDE[package]
        )
    ]
    assert wrong == []


def test_extracts_and_publish_know_no_dagster() -> None:
    wrong = [
        module
        for module, others in IMPORTS.items()
        if room(module) in ("extracts", "publish") and any(other.split(".")[0] == "dagster" for other in others)
    ]
    assert wrong == []


def test_dbt_project_is_named_only_where_it_must_be() -> None:
    """By what runs dbt, by the registry of sources that lie in it, and by what writes a new folder into it."""
    wrong = [
        module
        for module, path in MODULES.items()
        if room(module) != "transform" and module not in NAMES_DBT_PROJECT
        if any(word in path.read_text(encoding="utf-8") for word in ("DBT_PROJECT", '"dbt_project"'))
    ]
    assert wrong == []


def test_there_is_no_circle_of_imports() -> None:
    uses = {name: {other for other in others if other in MODULES} - {name} for name, others in IMPORTS.items()}
    while free := [name for name, others in uses.items() if not others]:
        for name in free:
            del uses[name]
        for others in uses.values():
            others.difference_update(free)
    in_circles: dict[str, set[str]] = defaultdict(set, uses)
    assert dict(in_circles) == {}
