"""The registry of sources, read from the dbt project's own source files."""

import re
from pathlib import Path

import pytest

from orchestration.errors import SettingsError
from orchestration.extracts.sources import DBT_PROJECT, entity_sources, load_sources

TABLE = """
version: 2
sources:
  - name: ads
    config: {{meta: {{timezone: UTC, entities: [ad_spend]}}}}
    tables:
      - name: stats
        config: {{meta: {meta}}}
        columns:
          - {{name: id, data_type: text}}
          - {{name: day, data_type: {day_type}}}
          - {{name: email, data_type: varchar, config: {{meta: {{personal: {personal}}}}}}}
"""


def load(tmp_path: Path, meta: str = "{}", day_type: str = "date", personal: str = "email") -> object:
    folder = tmp_path / "models" / "staging" / "ads"
    folder.mkdir(parents=True)
    text = TABLE.format(meta=meta, day_type=day_type, personal=personal)
    (folder / "_ads__sources.yml").write_text(text)
    return load_sources(tmp_path)["ads"].tables["stats"]


def test_the_projects_own_sources_are_whole() -> None:
    sources = load_sources()
    assert {"sheets", "google_ads", "facebook_ads", "hubspot"} <= set(sources)
    leads = sources["sheets"].tables["leads"]
    assert (leads.key, leads.required) == (("lead_id",), ("lead_id", "created_at"))
    assert leads.relation == '"raw_sheets"."leads"'
    email = leads.column("EMAIL")
    assert email is not None
    assert email.personal == "email"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"meta": "{replace_by: week}"}, "table stats: replace_by is 'week'; expected file, key, snapshot"),
        ({"meta": "{replace_by: key}"}, "replace_by is key, but no key is declared"),
        ({"meta": "{required: [date]}"}, "date is no declared column; expected one of day, email, id"),
        ({"day_type": "blob"}, "column day: data_type 'blob'; expected one of"),
        ({"personal": "address"}, "personal is 'address'; expected email, phone or name"),
    ],
)
def test_mistakes_in_a_source_file_are_named(tmp_path: Path, change: dict[str, str], message: str) -> None:
    with pytest.raises(SettingsError) as error:
        load(tmp_path, **change)
    assert "_ads__sources.yml" in str(error.value)
    assert message in str(error.value)


CASTS = re.compile(r"try_cast\((?:\w+\.)?(\w+) as (decimal\(\d+, \d+\)|bigint)\)|from_micros\('(?:\w+\.)?(\w+)'\)")


@pytest.mark.parametrize("source", sorted(load_sources()))
def test_landing_refuses_what_the_casts_of_staging_cannot_hold(source: str) -> None:
    """A cast that holds less than landing lets through would make an amount null without a word."""
    columns = {column.name: column for table in load_sources()[source].tables.values() for column in table.columns}
    casts = [
        (column or micros, "decimal(21, 0)" if micros else held)
        for path in sorted((DBT_PROJECT / "models" / "staging" / source).glob("*.sql"))
        for column, held, micros in CASTS.findall(path.read_text())
    ]
    found = [(name, columns[name].number_type) for name, _ in casts if name in columns]
    assert found == [(name, held) for name, held in casts if name in columns]


def staging_of(tmp_path: Path) -> Path:
    """Staging of sheets (two entities) and of one connector that delivers one of them and has a helper model."""
    for model in ("sheets/stg_sheets__leads", "sheets/stg_sheets__deals", "crm/stg_crm__deals", "crm/stg_crm__owners"):
        path = tmp_path / "models" / "staging" / f"{model}.sql"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("select 1")
    return tmp_path


def test_entities_come_from_the_folders_of_the_enabled_sources(tmp_path: Path) -> None:
    assert entity_sources(["crm"], staging_of(tmp_path)) == {"deals": ["crm", "sheets"], "leads": ["sheets"]}
    assert entity_sources([], staging_of(tmp_path)) == {"deals": ["sheets"], "leads": ["sheets"]}


def test_an_unknown_source_is_a_mistake_in_the_settings(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"sources\.crn: unknown source; expected one of crm, sheets"):
        entity_sources(["crn"], staging_of(tmp_path))
