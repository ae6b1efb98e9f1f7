"""Exports as people really have them: each is read right, doubted aloud, or refused with the way out.

One folder a case; its README says where the shape comes from and what is right. A case is added as a new user would and
landed by the extract step. `make test-exports` prints the table.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.orchestration.add_source.conftest import Company
from tests.orchestration.add_source.exports import CASES, Case
from tests.shared_data import shared_data

SETTINGS = """\
company: Blue Shop
reporting: {currency: EUR, timezone: Europe/Berlin, today: 2026-12-31}
sources: {}
stages: {}
"""
_FOUND = dict[str, str]()


@pytest.fixture(scope="module", autouse=True)
def table() -> Iterator[None]:
    """Print what became of each case, once all are through."""
    yield
    print("\n" + "\n".join(f"{folder:<34} {verdict}" for folder, verdict in _FOUND.items()))


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=pytest.mark.xfail(reason=case.wrong, strict=True) if case.wrong else ())
        for case in CASES
    ],
    ids=[case.folder for case in CASES],
)
def test_no_export_is_silently_wrong(case: Case, tmp_path: Path) -> None:
    company = Company(tmp_path / "shop", SETTINGS)
    extracts = company.folder / "extracts"
    for file in sorted((shared_data("exports") / case.folder).iterdir()):
        if file.name != "README.md":
            shutil.copyfile(file, extracts / file.name)
    _FOUND[case.folder] = f"WRONG {case.wrong or ''}"

    if case.says:
        message = company.refused(str(extracts))["message"]
        assert [text for text in case.says if text not in message] == []
    done = company.add(str(extracts), *(["--accept-doubts"] if case.says else []))

    said = " ".join([*(note for one in done["added"] for note in one["notes"]), *done["notes"]])
    assert [text for text in case.notes if text not in said] == []
    reasons = " ".join(reason for one in done["added"] for reason in one["reasons"])
    assert [text for text in case.refused if text not in reasons] == []
    for entity, expressions, right in case.landed:
        assert company.figures(entity, expressions, case.source) == right, (entity, expressions)
    if case.won is not None:
        meant = yaml.safe_load(company.text)["stages"]
        assert {stage for stage, meaning in meant.items() if meaning == "won"} == set(case.won)
    _FOUND[case.folder] = case.verdict


def test_every_export_is_a_case() -> None:
    assert [case.folder for case in CASES] == sorted(folder.name for folder in shared_data("exports").iterdir())
