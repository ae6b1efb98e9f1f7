"""Every link of a page leads somewhere, and every command named in a line exists."""

import re
from pathlib import Path

import click
import pytest
from typer.main import get_command

import orchestration.cli.commands  # noqa: F401  registers the commands
from orchestration.cli.app import app
from tests.docs.pages import OTHERS, PAGES, ROOT, blocks

ALL = [*PAGES, *OTHERS]
WITH_TOOLS = ("bi.md", "reliability.md")  # for whoever has tools of their own, and for whoever works on the code
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
INLINE = re.compile(r"(?<!`)`(?:\.venv/bin/)?(funnelmart|make) ([^`]+)`")


def prose(page: Path) -> str:
    """The page without its blocks of code."""
    return re.sub(r"^[ ]*```.*?^[ ]*```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """The anchors that headings get: lower case, spaces to hyphens, punctuation gone."""
    headings = re.findall(r"^#+ (.+)$", prose(page), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", ALL, ids=lambda page: page.name)
def test_every_link_resolves(page: Path) -> None:
    broken = []
    for target in LINK.findall(prose(page)):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = target.partition("#")
        file = (page.parent / name).resolve() if name else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)

    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_named_in_a_line_exists(page: Path) -> None:
    group = get_command(app)
    context = click.Context(group)
    commands = {name: group.resolve_command(context, [name])[1] for name in group.list_commands(context)}
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))
    unknown = []
    for tool, line in INLINE.findall(prose(page)):
        words = [word for word in line.split() if not word.startswith("-") and "=" not in word]
        if tool == "make":
            unknown += [f"make {word}" for word in words if word not in targets]
        elif words and words[0] not in commands:
            unknown.append(f"funnelmart {line}")
        elif words:
            options = commands[words[0]].params
            known = {name for option in options for name in (*option.opts, *option.secondary_opts)} | {"--help"}
            given = [word.partition("=")[0] for word in line.split("--  ")[0].split() if word.startswith("-")]
            passes_on = words[0] == "mf"
            unknown += [f"funnelmart {line}: {word}" for word in given if word not in known and not passes_on]

    assert unknown == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in WITH_TOOLS], ids=lambda page: page.name)
def test_what_make_installed_is_called_where_it_lies(page: Path) -> None:
    """A newcomer has no `.venv/bin` on the path: the tutorial's `duckdb` was not found."""
    ours = ("funnelmart", "duckdb", "dg", "dbt", "python")
    bare = [
        line
        for block in blocks(page)
        if block.language in ("sh", "bash", "console") and not block.reason
        for line in re.sub(r"<<'(\w+)'.*?^\1$", "", block.text, flags=re.MULTILINE | re.DOTALL).splitlines()
        if line.split(" ")[0] in ours
    ]

    assert bare == []


def test_every_test_and_page_that_the_code_names_exists() -> None:
    """A comment sent readers of `in_parts.sql` to a test that had moved."""
    named = re.compile(r"(?<![\w/])(?:tests|docs)/[\w/-]*\w\.(?:py|md)\b")
    tops = ("orchestration", "data_checks", "kpi_report", "benchmarks", "dbt_project/macros", "dbt_project/models")
    files = [path for top in tops for path in (ROOT / top).rglob("*") if path.suffix in (".py", ".sql", ".yml", ".md")]
    lost = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in files
        for name in named.findall(path.read_text(encoding="utf-8"))
        if not (ROOT / name).exists()
    }

    assert len(files) > 500
    assert lost == set()
