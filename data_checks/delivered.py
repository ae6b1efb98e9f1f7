"""What checks need to know of raw: which of its tables deliver an entity here, and how many rows it has."""

from orchestration.extracts.source_specs import SourceSpec, TableSpec
from orchestration.extracts.sources import SHEETS, entity_sources, load_sources
from orchestration.settings import Settings


def delivered_sql(settings: Settings) -> dict[str, str]:
    """Return SQL to fill into checks.

    `tables_<entity>` are the (source, table) pairs that deliver it, `raw_counts` is a query of the rows of each raw
    table.
    """
    enabled = [*sorted(settings.sources), SHEETS]
    specs = load_sources()
    filled = {
        "raw_counts": " union all ".join(_count(table) for name in enabled for table in specs[name].tables.values())
    }
    for entity in entity_sources(sorted(settings.sources)):
        pairs = [
            f"('{source}', '{table.name}')"
            for source in enabled
            for table in specs[source].tables.values()
            if _delivers(specs[source], table, entity)
        ]
        filled[f"tables_{entity}"] = ", ".join(pairs) or "(null, null)"
    return filled


def _count(table: TableSpec) -> str:
    return f"select '{table.source}' as source, '{table.name}' as table_name, count(*) as rows from {table.relation}"


def _delivers(source: SourceSpec, table: TableSpec, entity: str) -> bool:
    return (table.entity or (table.name if source.name == SHEETS else None)) == entity or source.entities == (entity,)
