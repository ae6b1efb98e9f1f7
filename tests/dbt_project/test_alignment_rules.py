"""Each rule of the findings is documented with its threshold, fires in one unit test and stays silent in another."""

import csv
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from orchestration.extracts.sources import DBT_PROJECT

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "alignment.md"
MODELS = DBT_PROJECT / "models" / "intermediate" / "alignment"


def rules() -> list[dict[str, str]]:
    with (DBT_PROJECT / "seeds" / "alignment_rules.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def documented() -> str:
    """The table that docs/alignment.md must hold; paste it there after a change of the rules."""
    lines = ["| rule | fires when | threshold | severity | owner | evidence |", "|---|---|---|---|---|---|"]
    for rule in rules():
        evidence = ", ".join(rule[f"evidence_{figure}"] for figure in "abcd")
        cells = [f"`{rule['rule']}`", rule["meaning"], rule["threshold"], rule["severity"], rule["owner"], evidence]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def unit_test(model: str) -> dict[str, Any]:
    """The first of a model: there each rule fires and stays silent."""
    tests: list[dict[str, Any]] = yaml.safe_load((MODELS / f"{model}.yml").read_text(encoding="utf-8"))["unit_tests"]
    return tests[0]


def given_for(rule: str) -> tuple[list[Any], list[Any]]:
    """The members that a rule is shown in its unit test, and those that it names."""
    if rule in ("spend_without_leads", "paid_leads_without_spend"):
        test, column = unit_test("int_alignment_runs"), "channel"
    elif rule == "leads_never_answered":
        test, column = unit_test("int_alignment_unanswered"), "sales_rep"
    else:
        test, column = unit_test("int_alignment_periods"), "member"
    shown = {row[column] for row in test["given"][0]["rows"]}
    if column == "member":  # there each member is made for one rule
        shown = {member for member in shown if member.startswith(f"{rule} ")}
    named = {row["member"] for row in test["expect"]["rows"] if row["rule"] == rule}
    return sorted(shown), sorted(named)


def test_the_document_says_what_the_rules_say() -> None:
    assert documented() in DOCUMENT.read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["rule"])
def test_every_rule_fires_and_stays_silent_in_its_unit_test(rule: dict[str, str]) -> None:
    shown, named = given_for(rule["rule"])
    assert named, "never fires"
    assert set(shown) - set(named), "never stays silent"


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["rule"])
def test_every_message_uses_known_figures_in_both_languages(rule: dict[str, str]) -> None:
    for language in ("en", "ru"):
        braces = set(re.findall(r"{(\w+)}", rule[f"message_{language}"]))
        assert "member" in braces
        assert braces <= {"member", "a", "b", "c", "d"}
        assert rule[f"action_{language}"]
    assert set(re.findall(r"{(\w)}", rule["message_en"])) == set(re.findall(r"{(\w)}", rule["message_ru"]))
    assert {rule[f"unit_{figure}"] for figure in "abcd"} <= {"count", "share", "currency", "minutes", "days"}
    assert rule["minimum"] in rule["meaning"] or float(rule["minimum"]) == 0
