"""Running suites: what becomes of errors, of personal data, of the file handle, and of a mistake in the settings."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest

from data_checks.checks import Check as Declared
from data_checks.results import CheckResult, blocking, stopped
from data_checks.run import check_settings, known_checks, run_suites
from data_checks.suites import ALL
from orchestration.errors import ChecksLackMemoryError, FunnelmartError, SettingsError
from orchestration.settings import Check, Settings

Spoil = Callable[..., dict[str, CheckResult]]


class _Loaded(HTMLParser):
    """What a browser would load or follow: addresses in attributes, and any script."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.tags: set[str] = set()
        self.ids: set[str] = set()
        self.feed(page.read_text())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.ids |= {value or "" for name, value in attrs if name == "id"}
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "data", "action")]


def test_the_warehouse_can_be_written_to_afterwards(workspace: Path) -> None:
    run_suites(["leads"], Settings(workspace=workspace, company="Acme"))
    with duckdb.connect(str(workspace / "warehouse.duckdb")) as connection:
        connection.execute("create table proof (x integer)")


def test_nothing_is_written_but_data_docs_and_nothing_is_printed(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    before = (workspace / "warehouse.duckdb").read_bytes()
    run_suites(["leads", "kpis"], Settings(workspace=workspace, company="Acme"))
    written = {str(path.relative_to(workspace)) for path in workspace.rglob("*") if path.is_file()}
    docs = {f"reports/data_docs/{name}" for name in ("index.html", "style.css", "leads.html", "kpis.html")}
    assert written == {"warehouse.duckdb", "reports/data_docs/leads.json", "reports/data_docs/kpis.json", *docs}
    assert (workspace / "warehouse.duckdb").read_bytes() == before
    assert capfd.readouterr() == ("", "")


def test_no_warehouse_yet(tmp_path: Path) -> None:
    with pytest.raises(FunnelmartError, match=r"warehouse\.duckdb: no such file"):
        run_suites(["leads"], Settings(workspace=tmp_path, company="Acme"))


@pytest.mark.parametrize(
    ("sql", "cause", "name"),
    [
        ("alter table intermediate.int_leads drop column created_date", "created_date", "leads_required"),
        ("drop table intermediate.int_leads", "int_leads", "leads_key"),
        ("drop table intermediate.int_leads__rows", "int_leads__rows", "leads_none_lost"),
    ],
)
def test_a_check_that_cannot_run_has_not_passed(check: Spoil, sql: str, cause: str, name: str) -> None:
    results = check(sql)
    broken = [result for result in results.values() if "the check could not run" in result.message]
    assert broken
    assert not any(result.success for result in broken)
    assert results[name] in broken
    assert results[name].hindered_by == "error"
    assert cause in results[name].message


def test_a_broken_measure_fails_its_check_alone(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from data_checks import run

    table = "intermediate.int_leads"
    good = Declared("good", table, "It runs", "", rows="select 1 as row from {batch} where 1 = 0")
    bad = Declared("bad", table, "It measures", "", rows=good.rows, measure="select nosuch from {batch}")
    monkeypatch.setattr(run, "ALL", {"leads": (good, bad)})
    passed, failed = run_suites(["leads"], Settings(workspace=workspace, company="Acme"))
    assert passed.success
    assert failed.blocks
    assert "nosuch" in failed.message


def test_a_check_that_lacks_memory_proves_nothing_and_can_not_be_accepted(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from data_checks import run

    greedy = "select 1 as row from {batch} where (select len(list(i)) from range(30000000) as t(i)) = 0"
    monkeypatch.setattr(
        run, "ALL", {"leads": (Declared("greedy", "intermediate.int_leads", "It runs", "", rows=greedy),)}
    )
    settings = Settings(workspace=workspace, company="Acme", engine={"memory_limit": "64MB"})

    results = run.run_suites(["leads"], settings, accepted={"greedy": "it was right yesterday"})

    error = stopped(results)
    assert isinstance(error, ChecksLackMemoryError)
    assert error.exit_code == 1
    assert "engine.memory_limit" in error.next_step
    assert "1 critical check could not run, greedy:\n  greedy: It runs: the check could not run: it needs" in str(error)


def test_samples_and_data_docs_show_no_personal_data(check: Spoil, workspace: Path) -> None:
    spoilt = """
        update intermediate.int_leads set lead_key = 'crm:ivan@example.com' where lead_key in ('crm:L1', 'crm:L2');
        update intermediate.int_leads set lead_key = 'crm:+49 (30) 901820', channel = null where lead_key = 'crm:L3'
    """
    result = check(spoilt, "leads_key", "leads_none_lost", "leads_required")["leads_key"]
    assert result.samples == [{"lead_key": "xxx:xxxx@xxxxxxx.xxx"}, {"lead_key": "xxx:xxxx@xxxxxxx.xxx"}]
    page = (workspace / "reports" / "data_docs" / "leads.html").read_text()
    assert "xxxx@xxxxxxx.xxx" in page
    assert "ivan@example.com" not in page
    assert "901820" not in page


def test_at_most_ten_samples(check: Spoil) -> None:
    result = check("delete from intermediate.int_leads where created_date > '2025-06-01'", "leads_none_lost")
    assert result["leads_none_lost"].unexpected_count == 84
    assert len(result["leads_none_lost"].samples) == 10


def test_data_docs_load_nothing_from_elsewhere(check: Spoil, workspace: Path) -> None:
    check("update intermediate.int_leads set lead_key = null, stage = '<script src=//evil>' where lead_key < 'crm:L2'")
    folder = workspace / "reports" / "data_docs"
    pages = sorted(folder.glob("*.html"))
    assert [page.stem for page in pages] == ["deals", "index", "kpis", "leads", "results", "spend"]
    for page in pages:
        loaded = _Loaded(page)
        assert not loaded.tags & {"script", "iframe", "img", "style"}, page.name
        for address in loaded.addresses:
            assert address[1:] in loaded.ids if address.startswith("#") else (folder / address).is_file(), address
    assert "@import" not in (style := (folder / "style.css").read_text())
    assert "url(" not in style


def test_data_docs_put_the_failures_first_and_the_index_counts_them(check: Spoil, workspace: Path) -> None:
    check("update intermediate.int_leads set lead_key = null where lead_key = 'crm:L1'")
    folder = workspace / "reports" / "data_docs"
    leads = (folder / "leads.html").read_text()
    assert leads.index("leads_key</code>") < leads.index("leads_values</code>")
    # leads_key and leads_none_lost
    assert re.search(r'leads\.html">leads</a>.*?class="number failed">2<', (folder / "index.html").read_text(), re.S)


def test_data_docs_do_not_call_passed_what_had_nothing_to_check(check: Spoil, workspace: Path) -> None:
    check("delete from intermediate.int_links")
    folder = workspace / "reports" / "data_docs"
    deals = (folder / "deals.html").read_text()
    assert re.search(r'class="nothing_to_check">– nothing to check</td>\s*<td><code>links_ambiguous<', deals)
    count = deals.count('class="nothing_to_check">–')
    row = rf'deals\.html">deals</a>(?:(?!</tr>).)*class="number">{count}</td></tr>'
    assert re.search(row, (folder / "index.html").read_text(), re.S)


def test_some_checks_of_a_suite_leave_its_page_alone(workspace: Path) -> None:
    settings = Settings(workspace=workspace, company="Acme")
    results = run_suites(["leads"], settings, only={"leads_key"})
    assert [result.check for result in results] == ["leads_key"]
    assert not (workspace / "reports").exists()


def test_unknown_check_in_the_settings(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path, company="Acme", checks={"leads_frehsness": Check(threshold="3")})
    with pytest.raises(
        SettingsError, match=r"checks\.leads_frehsness: unknown check; expected one of .*leads_freshness"
    ):
        check_settings(settings)


def test_a_limit_for_a_check_that_has_none(tmp_path: Path) -> None:
    settings = Settings(workspace=tmp_path, company="Acme", checks={"leads_key": Check(threshold="3")})
    with pytest.raises(SettingsError, match=r"checks\.leads_key\.threshold: this check has no threshold"):
        check_settings(settings)
    check_settings(Settings(workspace=tmp_path, company="Acme", checks={"leads_key": Check(severity="warning")}))


def test_names_are_unique_and_say_their_suite() -> None:
    names = [check.name for checks in ALL.values() for check in checks]
    assert sorted(names) == known_checks()
    assert len(names) == len(set(names))


def test_blocking_are_the_failed_critical_ones(check: Spoil) -> None:
    results = check(
        """update intermediate.int_leads set owner = null where lead_key = 'crm:L1';
        update intermediate.int_deals set closed_at_is_estimated = true"""
    )
    assert [result.check for result in blocking(results.values())] == ["leads_required"]


def test_data_docs_show_the_masked_samples(check: Spoil, workspace: Path) -> None:
    check("update intermediate.int_leads set lead_key = 'crm:a@b.de' where lead_key = 'crm:L1'", "leads_none_lost")
    page = (workspace / "reports" / "data_docs" / "leads.html").read_text()
    assert "<summary>2 of 2</summary>" in page
    assert "<td>xxx:x@x.xx</td><td>invented</td>" in re.sub(r"\s*\n\s*", "", page)
