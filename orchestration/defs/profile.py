"""Profiles of built tables as Dagster's metadata."""

from collections.abc import Collection
from typing import Any

import dagster as dg
import duckdb

from orchestration.transform.within_dbt.profile import Profile, profile
from orchestration.warehouse import written_tables


def profiles(warehouse: duckdb.DuckDBPyConnection, keys: Collection[dg.AssetKey]) -> dict[dg.AssetKey, Profile]:
    """Return profiles of all tables of `keys` (schema, table) that have rows of their own."""
    if not keys:
        return {}
    existing = {dg.AssetKey(list(table)) for table in written_tables(warehouse)}
    return {key: profile(warehouse, *key.path) for key in existing.intersection(keys)}


def metadata(found: Profile | None) -> dict[str, Any]:
    """Return what Dagster shows of a profile; nothing where there is none."""
    if found is None:
        return {}
    sample = {} if found["sample"] is None else {"sample": dg.MetadataValue.md(found["sample"])}
    return {"dagster/row_count": found["rows"], **sample}
