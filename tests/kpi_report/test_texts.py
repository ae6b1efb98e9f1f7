"""Every word of the report exists in English and Russian."""

import csv
import re

from jinja2 import Environment, FileSystemLoader

from data_checks.suites import ALL
from kpi_report.page import HERE
from kpi_report.texts import FOLDER, load_reasons, load_texts
from orchestration.extracts.sources import DBT_PROJECT
from orchestration.transform.semantic.catalogue import read_catalogue

TEXTS = load_texts()
USES = re.compile(r"""\bt\("([\w.]+)"[,)]|\bt\(`([\w.]+)\$\{""")
ATTRIBUTES = re.compile(r'texts\["([\w.]+)"\]|data-t-label="([\w.]+)"')


def test_both_languages_have_the_same_texts_and_none_is_empty() -> None:
    translated = {key for key in TEXTS["ru"] if key.startswith("check.")}  # English in the mart

    assert TEXTS["en"].keys() == TEXTS["ru"].keys() - translated
    assert [key for texts in TEXTS.values() for key, text in texts.items() if not text.strip()] == []


def test_no_text_is_written_twice() -> None:
    """Of two keys YAML takes the last without a word."""
    for locale in TEXTS:
        path, seen = [], set()
        for line in (FOLDER / f"{locale}.yml").read_text(encoding="utf-8").splitlines():
            indent = len(line) - len(line.lstrip())
            path = [*path[: indent // 2], line.strip().partition(":")[0]]
            assert tuple(path) not in seen, line
            seen.add(tuple(path))


def test_both_languages_fill_in_the_same_values() -> None:
    def values(locale: str) -> dict[str, set[str]]:
        return {key: set(re.findall(r"\{(\w+)", TEXTS[locale][key])) for key in TEXTS["en"]}

    assert values("en") == values("ru")


def test_every_check_is_said_in_russian() -> None:
    assert [key for key in TEXTS["ru"] if key.startswith("check.")] == [
        f"check.{check.name}" for suite in ALL.values() for check in suite
    ]


def test_the_page_can_read_every_reason_in_russian() -> None:
    for locale, pairs in load_reasons().items():
        for english, translated in pairs:
            assert set(re.findall(r"\{\d\}", english)) == set(re.findall(r"\{\d\}", translated)), (locale, english)


def test_every_verdict_on_a_budget_has_its_words() -> None:
    """In the report and the terminal; the table holds what the model calls it."""
    sql = (DBT_PROJECT / "models" / "marts" / "budget" / "channel_response.sql").read_text(encoding="utf-8")
    verdicts = re.findall(r"(?:then|else) '([^']+)'", sql.partition(" end as verdict")[0].rpartition(" case\n")[2])

    said = {key.removeprefix("budget.verdicts.") for key in TEXTS["en"] if key.startswith("budget.verdicts.")}
    assert set(verdicts) == said
    assert "fitted" in said


def test_russian_texts_are_russian() -> None:
    same_in_both = {"goals.smart", "quality.from_value"}
    assert [k for k, text in TEXTS["ru"].items() if not re.search("[а-яё]", text.lower())] == sorted(same_in_both)


def test_what_the_page_asks_for_exists() -> None:
    used: set[str] = set()
    prefixes: set[str] = set()
    for file in HERE.rglob("*.js"):
        for key, prefix in USES.findall(file.read_text(encoding="utf-8")):
            used |= {key} - {""}
            prefixes |= {prefix} - {""}
    for file in HERE.rglob("*.j2"):
        used |= {key for found in ATTRIBUTES.findall(file.read_text(encoding="utf-8")) for key in found if key}

    assert len(used) > 50
    assert used - TEXTS["en"].keys() == set()
    assert [prefix for prefix in prefixes if not any(key.startswith(prefix) for key in TEXTS["ru"])] == []


def test_what_a_check_is_about_is_said_in_plain_words() -> None:
    tables = {check.table.split(".")[-1] for suite in ALL.values() for check in suite}
    names = {re.sub(r"^(int|fct|dim)_|__.*$", "", table) for table in tables}
    assert {name for name in names if f"about.{name}" not in TEXTS["en"]} == set()


def test_what_a_finding_rests_on_is_said_in_plain_words() -> None:
    with (DBT_PROJECT / "seeds" / "alignment_rules.csv").open(encoding="utf-8", newline="") as file:
        keys = {row[f"evidence_{part}"] for row in csv.DictReader(file) for part in "abcd"}
    names = {re.sub(r"^company_|_(before|after)$", "", key) for key in keys}
    kpis = {kpi.id for kpi in read_catalogue()}
    assert {name for name in names - kpis if f"evidence.{name}" not in TEXTS["en"]} == set()


def test_findings_and_the_page_call_members_the_same() -> None:
    """The macro of a finding's sentence has words of its own: SQL reads no YAML."""
    macros = Environment(loader=FileSystemLoader(DBT_PROJECT / "macros" / "kpi"), extensions=["jinja2.ext.do"])
    member_text = macros.get_template("fill_message.sql").module.member_text  # type: ignore[attr-defined]
    for locale, texts in TEXTS.items():
        named = dict(re.findall(r"when f\.member = '(.+?)' then '(.+?)'", member_text("f", locale)))
        assert named == {key.removeprefix("member."): texts[key] for key in texts if key.startswith("member.")}
