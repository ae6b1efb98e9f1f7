"""What checks need to count again from staging: which views and raw tables deliver an entity in this workspace."""

from orchestration.dbt import entity_sources
from orchestration.extracts.sources import SHEETS, SourceSpec, TableSpec, load_sources
from orchestration.settings import Settings


def staging_sql(settings: Settings) -> dict[str, str]:
    """Return SQL to fill into checks: `staging_<entity>`, a sub-query of all its staged rows, and `tables_<entity>`,
    the (source, table) pairs that deliver it.
    """
    enabled = [*sorted(settings.sources), SHEETS]
    specs = load_sources()
    filled = {}
    for entity, sources in entity_sources(sorted(settings.sources)).items():
        union = " union all by name ".join(f"select * from staging.stg_{source}__{entity}" for source in sources)
        filled[f"staging_{entity}"] = f"({union})"
        pairs = [
            f"('{source}', '{table.name}')"
            for source in enabled
            if source in specs
            for table in specs[source].tables.values()
            if _delivers(specs[source], table, entity)
        ]
        filled[f"tables_{entity}"] = ", ".join(pairs) or "(null, null)"
    return filled


def _delivers(source: SourceSpec, table: TableSpec, entity: str) -> bool:
    return (table.entity or (table.name if source.name == SHEETS else None)) == entity or source.entities == (entity,)
