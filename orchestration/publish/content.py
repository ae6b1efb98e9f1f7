"""The content of published tables as one number each: equal exactly where the tables hold the same rows.

The text form of a value, so that any engine can come to the same number:

- null: `\\N`; a backslash in a text is doubled, the separator U+001F in a text is written `\\_`
- whole number: its digits; decimal: without trailing zeros and without a bare point (`3.50` is `3.5`, `3.00` is `3`)
- double: 9 significant digits as C's `%.8e` (`1234.5` is `1.23450000e+03`); -0 is 0; `nan`, `inf`, `-inf`
- boolean: `true`, `false`; date: `2024-06-30`
- time: UTC, `2024-06-30T13:45:00.000000Z`, always with six digits after the second
- anything else: as DuckDB writes it as text, treated as text

A row's text is its values in the order of the names of their columns (by code point), joined by U+001F. Its number is
the MD5 of that text in UTF-8, the hexadecimal digits read as one number of 128 bits. The content of a table is the sum
of its rows' numbers modulo 2^128, written as 32 hexadecimal digits: no order of rows, no thread and no run is in it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from orchestration.extracts.sql import identifier
from orchestration.publish.calls import Executes

TABLES_COLUMNS = {
    "table_name": ("varchar", "Table or view of the schema mart."),
    "rows": ("bigint", "Its rows; null for a view."),
    "content_hash": (
        "varchar",
        "Equal exactly where two tables hold the same rows, whatever their order and the run: the sum modulo 2^128 of "
        "the MD5 of each row, 32 hexadecimal digits (docs/comparing.md). Null for a view, which follows from tables.",
    ),
    "part_of": (
        "varchar",
        "The table of which a view shows the rows of one grain, so that it says nothing else; null for all others.",
    ),
    "lies_in": (
        "varchar",
        "Folder of the Parquet files that hold the rows, where they lie beside this file (publish.lake); else null.",
    ),
}

# What tells of the run or the load that wrote a row, not of the business.
OF_THE_RUN = ("_load_id", "_loaded_at", "load_id", "loaded_at", "run_id", "_run_id", "published_at", "built_at")

WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
# Sums of the halves of the rows' numbers, of what md5_number gives as `digest`: its bytes stand the wrong way, and
# to turn them costs half of what it costs to write and to read digits.
UPPER, LOWER = (
    "sum(" + " | ".join(f"((({half} >> {8 * byte}) & 255) << {56 - 8 * byte})" for byte in range(8)) + ")"
    for half in ("(digest & 18446744073709551615)::ubigint", "(digest >> 64)::ubigint")
)
_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


def content_columns(connection: Executes, database: str, schema: str) -> dict[str, dict[str, str]]:
    """Return the columns that a content has, with their DuckDB types, of every table and view of a schema."""
    found = connection.execute(
        "select table_name, column_name, data_type from duckdb_columns()"
        " where database_name = ? and schema_name = ? order by table_name, column_index",
        [database, schema],
    ).fetchall()
    tables: dict[str, dict[str, str]] = {}
    for table, column, data_type in found:
        columns = tables.setdefault(table, {})
        if column not in OF_THE_RUN:
            columns[column] = data_type
    return tables


def content(connection: Executes, relation: str, columns: Mapping[str, str]) -> tuple[int, str]:
    """Return the rows of a relation and the hash of its content over the given columns (name: DuckDB type)."""
    count, upper, lower = connection.execute(
        f"select count(*), {UPPER}, {LOWER} from (select md5_number({row_text(columns)}) as digest from {relation})"
    ).fetchall()[0]
    return count, as_hash(((upper or 0) << 64) + (lower or 0))


def as_hash(total: int) -> str:
    """Return the sum of rows' numbers as it is written."""
    return f"{total % 2**128:032x}"


def contents(
    connection: Executes,
    schema: str = "mart",
    parts: Mapping[str, str] | None = None,
    lie_in: Mapping[str, str] | None = None,
    of: Callable[[Executes, str, Mapping[str, str]], tuple[int, str]] = content,
) -> list[dict[str, Any]]:
    """Return the rows of `_meta.tables` for a schema of the connection's own database.

    `parts` are the views that only show a part of a table, with that table; `lie_in` those that are the only form of a
    table whose rows lie as Parquet in a folder. `of` tells rows and content of a relation.

    Any other view is only listed: its rows follow from the tables, and to count them is to compute it.
    """
    database = connection.execute("select current_database()").fetchall()[0][0]
    views = views_of(connection, database, schema)
    rows: list[dict[str, Any]] = []
    for table, columns in content_columns(connection, database, schema).items():
        folder = (lie_in or {}).get(table)
        is_view = table in views and folder is None
        count, digest = (None, None) if is_view else of(connection, f"{schema}.{identifier(table)}", columns)
        part_of = (parts or {}).get(table)
        rows.append({"table_name": table, "rows": count, "content_hash": digest, "part_of": part_of, "lies_in": folder})
    return rows


def parts_of(connection: Executes, database: str) -> set[str]:
    """Return the views of schema `mart` that only show a part of a table; none in marts of before there were such."""
    if "part_of" not in content_columns(connection, database, "_meta").get("tables", {}):
        return set()
    found = connection.execute(f"select table_name from {database}._meta.tables where part_of is not null").fetchall()
    return {table for (table,) in found}


def views_of(connection: Executes, database: str, schema: str) -> set[str]:
    """Return the names of a schema's views."""
    found = connection.execute(
        "select view_name from duckdb_views() where database_name = ? and schema_name = ?", [database, schema]
    ).fetchall()
    return {view for (view,) in found}


def row_text(columns: Mapping[str, str]) -> str:
    """Return the SQL of a row's text over the given columns (name: DuckDB type)."""
    values = [
        f"case when {identifier(name)} is null then '\\N' else {value_text(identifier(name), columns[name])} end"
        for name in sorted(columns)
    ]
    return f"concat_ws(chr(31), {', '.join(values)})" if values else "''"


def value_text(expression: str, data_type: str) -> str:
    """Return the SQL of a value's text, null where the value is null."""
    kind = data_type.split("(")[0]
    if kind in WHOLE or kind == "DATE" or kind == "BOOLEAN":
        return f"cast({expression} as varchar)"
    if kind == "DECIMAL":
        return _decimal_text(expression, *map(int, data_type[8:-1].split(",")))
    if kind in ("DOUBLE", "FLOAT"):
        return f"case when {expression} = 0 then '0.00000000e+00' else printf('%.8e', cast({expression} as double)) end"
    if kind in ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"):
        return f"strftime(cast({expression} as timestamp), '{_TIME}')"
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"strftime(make_timestamp(epoch_us({expression})), '{_TIME}')"
    text = expression if kind == "VARCHAR" else f"cast({expression} as varchar)"
    marked = f"contains({text}, '\\') or contains({text}, chr(31))"
    return f"case when {marked} then replace(replace({text}, '\\', '\\\\'), chr(31), '\\_') else {text} end"


def _decimal_text(expression: str, width: int, scale: int) -> str:
    """Without trailing zeros: most figures are 0, most others whole or of few digits, and any other way is dear."""
    text = f"cast({expression} as varchar)"
    if scale == 0:
        return text
    trimmed, narrow, large = f"rtrim(rtrim({text}, '0'), '.')", expression, ""
    if width > 18:  # twice as many bytes; what doesn't fit into 18 digits is written the long way
        if scale >= 18:
            return trimmed
        most = 10 ** (18 - scale) - 1
        narrow = f"cast({expression} as decimal(18, {scale}))"
        large = f"when {expression} not between -{most} and {most} then {trimmed}"
    return (
        f"case when {expression} = 0 then '0' {large} when {narrow} = trunc({narrow}) "
        f"then cast(cast({narrow} as bigint) as varchar) else rtrim(cast({narrow} as varchar), '0') end"
    )


def is_number(data_type: str) -> bool:
    """Whether a DuckDB type is one of numbers."""
    return data_type.split("(")[0] in (*WHOLE, "DECIMAL", "DOUBLE", "FLOAT")
