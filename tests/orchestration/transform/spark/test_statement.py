"""What is written alike on both engines and means something else is said to Spark as it is meant."""

import pytest

from orchestration.transform.spark.statement import for_duckdb, for_spark, parts


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("select a from t order by a", "SELECT a FROM t ORDER BY a NULLS LAST"),
        ("select a from t order by a desc", "SELECT a FROM t ORDER BY a DESC"),
        ("select a from t order by a desc nulls first", "SELECT a FROM t ORDER BY a DESC NULLS FIRST"),
        (
            "select row_number() over (partition by a order by b) as n from t",
            "SELECT ROW_NUMBER() OVER (PARTITION BY a ORDER BY b NULLS LAST) AS n FROM t",
        ),
        ("select a / b / 2 from t", "SELECT CAST(CAST(a AS DOUBLE) / b AS DOUBLE) / 2 FROM t"),
        ("select avg(a) from t", "SELECT AVG(CAST(a AS DOUBLE)) FROM t"),
        (r"select regexp_extract(a, '\d \. ''x''') from t", r"SELECT REGEXP_EXTRACT(a, '\\d \\. \'x\'') FROM t"),
        ('select "a b" from t', "SELECT `a b` FROM t"),
        ("select cast(a as varchar) from t", "SELECT CAST(a AS STRING) FROM t"),
        ("select cast(a as json) from t", "SELECT CAST(a AS STRING) FROM t"),
        ("select median(a) filter (where b) from t", "SELECT MEDIAN(a) FILTER(WHERE b) FROM t"),
        (
            "select percentile_cont(0.9) within group (order by a) from t",
            "SELECT PERCENTILE(a, 0.9) FROM t",
        ),
        ("/* dbt */ select 1 -- one", "SELECT 1"),
        (
            "create table a.b using parquet as select 1 / c as d from t",
            "CREATE TABLE a.b USING PARQUET AS SELECT CAST(1 AS DOUBLE) / c AS d FROM t",
        ),
        ("/* dbt */ describe extended a.b", "/* dbt */ describe extended a.b"),
    ],
)  # fmt: skip
def test_as_it_is_meant(said: str, meant: str) -> None:
    assert for_spark(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (
            "create table a.b using parquet as select 1 as c",
            "CREATE TABLE a.b USING PARQUET LOCATION '/l' AS SELECT 1 AS c",
        ),
        ("create table a.b (c int)", "CREATE TABLE a.b (c INT) LOCATION '/l'"),
        ("create or replace view a.b as select 1 as c", "CREATE OR REPLACE VIEW a.b AS SELECT 1 AS c"),
        ("create schema if not exists a", "CREATE SCHEMA IF NOT EXISTS a"),
        ("select 1", "SELECT 1"),
    ],
)
def test_a_table_lies_where_it_is_told_to(said: str, meant: str) -> None:
    assert for_spark(said, "/l") == meant


def test_several_statements_are_said_one_by_one() -> None:
    assert [part.strip() for part in parts("select ';' as a;\nselect 2; -- done\n")] == ["select ';' as a", "select 2"]


def test_a_query_comes_back_as_duckdb_has_it() -> None:
    """What fails on Spark in ANSI mode fails there, too: `try_cast` would make a null of it."""
    query = for_spark("select cast(a as varchar) as a, b / nullif(c, 0) as d from t where e = ''''")
    assert (
        for_duckdb(query) == "SELECT CAST(a AS TEXT) AS a, CAST(b AS DOUBLE) / NULLIF(c, 0) AS d FROM t WHERE e = ''''"
    )
