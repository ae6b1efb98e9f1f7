"""Every `unit_tests:` block of the dbt project as a pytest test: they stand beside the models, figures by hand."""

import pytest
import yaml

from orchestration.extracts.sources import DBT_PROJECT

NAMES = sorted(
    f"{test['model']}::{test['name']}"
    for path in (DBT_PROJECT / "models").rglob("*.yml")
    for test in yaml.safe_load(path.read_text()).get("unit_tests", ())
)


@pytest.mark.parametrize("name", NAMES)
def test_unit_test(name: str, unit_tests: dict[str, str]) -> None:
    assert unit_tests.get(name.split("::")[1], "was not run") == "pass"
