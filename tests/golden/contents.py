"""Read the contents of a published demo, and the committed list."""

import json
from pathlib import Path

import duckdb

from orchestration.extracts.sql import identifier
from orchestration.publish.content import content, content_columns, parts_of
from orchestration.settings import load_settings

GOLDEN = Path(__file__).with_name("demo.json")

Contents = dict[str, dict[str, int | str]]


def published_contents(workspace: Path) -> Contents:
    """Rows and content hash of each table and view of schema `mart`; computed, so that a wrong record shows too."""
    found: Contents = {}
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach '{load_settings(workspace).published_path}' as published (read_only)")
        parts = parts_of(connection, "published")
        for table, columns in content_columns(connection, "published", "mart").items():
            if table in parts:
                continue
            rows, digest = content(connection, f"published.mart.{identifier(table)}", columns)
            found[table] = {"rows": rows, "content_hash": digest}
    return found


def golden() -> Contents:
    """The committed list."""
    contents: Contents = json.loads(GOLDEN.read_text(encoding="utf-8"))
    return contents


def changes(before: Contents, now: Contents) -> list[str]:
    """One line for each table that is not as it was."""
    lines = []
    for table in sorted(before.keys() | now.keys()):
        old, new = before.get(table), now.get(table)
        if old is None or new is None:
            lines.append(f"{table}: {'new' if old is None else 'gone'}")
        elif old != new:
            rows = f"{old['rows']} rows" if old["rows"] == new["rows"] else f"{old['rows']} → {new['rows']} rows"
            lines.append(f"{table}: other content ({rows})")
    return lines
