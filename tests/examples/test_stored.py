"""The oldest and the newest DuckDB that docs/bi.md promises open the published mart and read every table.

Each reader has an environment of its own, made by `make test-readers`, which names them in FUNNELMART_READERS.
"""

import json
import os
import subprocess
from pathlib import Path

import duckdb
import pytest

READERS = os.environ.get("FUNNELMART_READERS", "").split()
READ = """
import duckdb, json, sys
with duckdb.connect(sys.argv[1], read_only=True) as mart:
    tables = mart.execute(
        "select table_schema || '.' || table_name from information_schema.tables"
        " where table_catalog = 'funnelmart' order by 1"
    ).fetchall()
    # a hash of every row: each value of each column is read, not only the rows counted
    rows = {t: mart.execute(f"select count(*), count(hash(t)) from {t} as t").fetchone() for (t,) in tables}
    revenue = mart.execute("select sum(revenue) from mart.kpi_total where grain = 'month'").fetchone()
    comment = mart.execute("select comment from duckdb_tables() where table_name = 'kpi_total'").fetchone()
print(json.dumps([duckdb.__version__, rows, str(revenue[0]), comment[0]]))
"""


@pytest.mark.skipif(not READERS, reason="FUNNELMART_READERS names no environments: make test-readers")
@pytest.mark.parametrize("python", READERS or ["none"])
def test_the_mart_opens_and_says_the_same(python: str, published_minimal: Path) -> None:
    mart = str(published_minimal / "published" / "funnelmart.duckdb")
    read = subprocess.run([python, "-c", READ, mart], capture_output=True, text=True, check=False)
    assert read.returncode == 0, read.stderr
    version, rows, revenue, comment = json.loads(read.stdout)

    assert version != duckdb.__version__
    with duckdb.connect(mart, read_only=True) as connection:
        expected = {
            f"{schema}.{table}": connection.execute(f'select count(*) from {schema}."{table}"').fetchall()[0][0]
            for schema, table in connection.execute(
                "select table_schema, table_name from information_schema.tables where table_catalog = 'funnelmart'"
            ).fetchall()
        }
        total = connection.execute("select sum(revenue) from mart.kpi_total where grain = 'month'").fetchall()[0][0]
    assert rows == {table: [count, count] for table, count in expected.items()}
    assert revenue == str(total)
    assert comment
