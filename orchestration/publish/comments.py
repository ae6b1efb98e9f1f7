"""Descriptions of tables and columns as comments of the published file: a table made by a query has none."""

from collections.abc import Mapping

from orchestration.extracts.sql import identifier, literal
from orchestration.publish.calls import Database
from orchestration.publish.content import views_of
from orchestration.publish.meta_tables import scalar
from orchestration.publish.records import PUBLISHED_SCHEMAS, TableDescription
from orchestration.publish.views import View


def as_part(view: View, table: TableDescription | None) -> TableDescription:
    """A view that shows a part of a table is described by its own comment and the table's columns."""
    return TableDescription(view.comment or "", table.columns if table else {})


def comment(mart: Database, descriptions: Mapping[str, TableDescription]) -> None:
    """CTAS loses comments: write those of the tables and columns that exist again."""
    columns = mart.execute(
        "select table_schema || '.' || table_name, column_name from information_schema.columns"
        " where list_contains(?, table_schema)",
        [list(PUBLISHED_SCHEMAS)],
    ).fetchall()
    database = mart.execute("select current_database()").fetchall()[0][0]
    views = {f"{schema}.{view}" for schema in PUBLISHED_SCHEMAS for view in views_of(mart, database, schema)}
    comments = []
    for table in sorted({table for table, _ in columns} & descriptions.keys()):
        kind = "view" if table in views else "table"
        comments.append(f"comment on {kind} {_as_sql(table)} is {literal(descriptions[table].description)}")
    for table, column in columns:
        text = descriptions[table].columns.get(column) if table in descriptions else None
        if text:
            comments.append(f"comment on column {_as_sql(table)}.{identifier(column)} is {literal(text)}")
    if comments:
        # thousands of statements: each would wake the other threads, which takes a third of the time
        threads = scalar(mart, "select current_setting('threads')")
        mart.execute("; ".join(["set threads = 1", *comments, f"set threads = {threads}"]))


def _as_sql(qualified: str) -> str:
    schema, table = qualified.split(".", 1)
    return f"{schema}.{identifier(table)}"
