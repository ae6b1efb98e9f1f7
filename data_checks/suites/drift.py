"""Checks of how extracts are made up: columns that are new, that are missing, whose values are of another kind.

What is known of a source are the columns of the files it was landed from first, or those that `funnelmart accept` took
as they are now; files landed later are held against them.
"""

from decimal import Decimal

from data_checks.checks import Check

FILES = "landing.file_columns"
_SEEN = """
    with baselines as (
        select source, table_name, feed, max(since_load_id) as since_load_id from landing.known_columns group by all
    ),
    seen as (
        select columns.* from {batch} as columns
        inner join landing.files as files on columns.load_id = files.load_id and files.is_current
        inner join baselines
            on columns.source = baselines.source and columns.table_name = baselines.table_name
            and columns.feed = baselines.feed and columns.load_id > baselines.since_load_id
    ),
    files as (select distinct source, table_name, feed, load_id, file, may_be_absent from seen)
"""
_OF_ONE = "seen.source = known.source and seen.table_name = known.table_name and seen.feed = known.feed"
_HERE = "Look whether the export was changed on purpose: funnelmart accept SOURCE takes it as it is now"


def _check(name: str, expects: str, why: str, rows: str) -> Check:
    return Check(
        name=name, table=FILES, expects=expects, why=why, rows=f"{_SEEN} {rows}", severity="warning",
        threshold=Decimal(0),
    )  # fmt: skip


CHECKS = (
    _check(
        "columns_new",
        expects="Extracts have no column that they did not have before",
        why=f"It is kept in raw, but no model reads it. {_HERE}",
        rows=f"""
            select seen.source, seen.table_name, seen.column_name, max_by(seen.file, seen.load_id) as file
            from seen left join landing.known_columns as known
                on {_OF_ONE} and lower(seen.column_name) = lower(known.column_name)
            where known.column_name is null group by all
        """,
    ),
    _check(
        "columns_missing",
        expects="Extracts have all the columns that they had before",
        why=f"What it held is empty in newer rows. {_HERE}",
        rows=f"""
            select files.source, files.table_name, known.column_name, max_by(files.file, files.load_id) as file
            from files
            inner join landing.known_columns as known
                on {_OF_ONE.replace("seen.", "files.")} and known.in_every_file
            left join seen
                on files.load_id = seen.load_id and lower(known.column_name) = lower(seen.column_name)
            where seen.column_name is null and not files.may_be_absent group by all
        """,
    ),
    _check(
        "columns_changed",
        expects="The columns of extracts hold the same kind of values as before",
        why=f"Values may be read wrongly or refused. {_HERE}",
        rows=f"""
            select seen.source, seen.table_name, known.column_name, known.kind as was, seen.kind as is_now,
                max_by(seen.file, seen.load_id) as file
            from seen inner join landing.known_columns as known
                on {_OF_ONE} and lower(seen.column_name) = lower(known.column_name)
            where seen.kind <> known.kind group by all
        """,
    ),
)
