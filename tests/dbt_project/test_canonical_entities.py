"""The registry of canonical entities, the staging of sheets and the staging of connectors speak of the same columns."""

import pytest
import yaml

from orchestration.extracts.sources import DBT_PROJECT
from tests.dbt_project.empty_warehouse import connectors

STAGING = DBT_PROJECT / "models" / "staging"
# first and last name are one canonical column together: staging makes the full name of them
PARTS = {"first_name_hash", "last_name_hash"}
LANDING = {"_file", "_row", "_load_id", "_loaded_at", "_unreadable"}
REGISTRY = {
    table["name"]: table
    for source in yaml.safe_load((STAGING / "sheets" / "_sheets__sources.yml").read_text())["sources"]
    for table in source["tables"]
}
DELIVERED = sorted(
    (source, entity) for source in connectors() for entity in REGISTRY
    if (STAGING / source / f"stg_{source}__{entity}.sql").exists()
)  # fmt: skip


def columns(source: str, entity: str) -> set[str]:
    """Columns that the model's yml describes."""
    model = yaml.safe_load((STAGING / source / f"stg_{source}__{entity}.yml").read_text())["models"][0]
    return {column["name"] for column in model["columns"]}


@pytest.mark.parametrize("entity", sorted(REGISTRY))
def test_sheets_has_every_canonical_column(entity: str) -> None:
    expected = set(LANDING)
    for column in REGISTRY[entity]["columns"]:
        personal = ((column.get("config") or {}).get("meta") or {}).get("personal")
        expected.add(f"{column['name']}_hash" if personal else column["name"])
        if column["data_type"] == "timestamp":
            expected.add(f"{column['name']}_is_date")
    assert columns("sheets", entity) - {"spend_level"} == expected - PARTS


@pytest.mark.parametrize(("source", "entity"), DELIVERED)
def test_connectors_deliver_canonical_columns_only(source: str, entity: str) -> None:
    delivered = columns(source, entity)
    assert delivered <= columns("sheets", entity)
    assert delivered >= LANDING | {"source"}


@pytest.mark.parametrize(("source", "entity"), [one for one in DELIVERED if one[1] in ("leads", "deals")])
def test_every_lead_and_deal_says_whether_it_is_deleted(source: str, entity: str) -> None:
    """Where the column were missing it would be null: neither counted nor left out, and the run would not publish."""
    assert "is_deleted" in columns(source, entity)
