"""Facts that stay in the lake: views of the published file, through history, rollback, erasure and a move."""

import datetime as dt
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import CannotCompareError, PublishError, QueryError
from orchestration.extracts.type.erased import Eraser
from orchestration.publish import RunInfo, TableDescription, publish, rollback
from orchestration.publish.erase import erase_published
from orchestration.publish.lake import files_of
from orchestration.settings import Engine, Publish, Settings
from orchestration.transform.nothing_new import published_already, record_publication
from orchestration.transform.spark.built import BUILT, Built, bring_back
from orchestration.transform.spark.storage import Storage
from orchestration.views.asked import ask, open_to_questions
from orchestration.views.diff import compare_marts
from orchestration.views.reader import open_published
from tests.orchestration.extracts.find.remote.conftest import s3, s3_of_module
from tests.orchestration.extracts.find.remote.servers import S3
from tests.orchestration.publish.conftest import DESCRIPTIONS, PASSED, STARTED, fill

__all__ = ["s3", "s3_of_module"]
ANN = "ann@example.com"
DESCRIBED = {**DESCRIPTIONS, "mart.fct_touches": TableDescription("Touches.", {"note": "What was noted."})}
TOUCHES = """
    select touch_id, cast(1.5 * touch_id as decimal(28, 4)) as cost, 'touch ' || touch_id as note,
        cast('{"a": 1}' as json) as flags, timestamp '2024-03-01 10:00:00' as touched_at, true as counts
    from (values (1), (2), (3)) as touches (touch_id)
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A workspace in a folder whose name holds what patterns and partitions are made of."""
    folder = tmp_path / "note=[a] *"
    folder.mkdir()
    return Settings(workspace=folder, company="Acme", publish=Publish(keep=2, lake=["fct_touches"]))


def publish_touches(settings: Settings, run_id: str, touches: str = TOUCHES, leads: int = 1) -> None:
    fill(settings, [leads])
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute(f"create or replace table mart.fct_touches as {touches}")
    publish(settings, RunInfo(run_id, STARTED, dt.date(2024, 3, 31), "0.1.0"), PASSED, DESCRIBED)


def in_mart(settings: Settings, query: str) -> list[tuple]:
    with duckdb.connect(str(settings.published_path), read_only=True) as mart:
        return mart.execute(query).fetchall()


def folders(settings: Settings) -> list[str]:
    """The runs whose folders lie in the lake."""
    return sorted(path.name.split("-")[-1] for path in (settings.lake_path / "published").iterdir())


def test_the_file_has_a_view_with_the_types_comments_and_content_of_the_table(settings: Settings) -> None:
    publish_touches(settings, "run1")
    as_view = in_mart(settings, "describe mart.fct_touches"), in_mart(settings, "from mart.fct_touches order by 1")
    told = "select rows, content_hash from _meta.tables where table_name = 'fct_touches'"
    (view,) = in_mart(settings, told)
    (lies_in,) = in_mart(settings, "select lies_in from _meta.tables where table_name = 'fct_touches'")
    assert [path.suffix for path in Path(*lies_in).iterdir()] == [".parquet"]
    comments = "select view_name, v.comment, c.comment from duckdb_views() as v join duckdb_columns() as c"
    assert in_mart(
        settings, f"{comments} on view_name = table_name where v.schema_name = 'mart' and c.comment is not null"
    ) == [("fct_touches", "Touches.", "What was noted.")]
    publish_touches(settings.model_copy(update={"publish": Publish()}), "run2")
    assert (in_mart(settings, "describe mart.fct_touches"), in_mart(settings, "from mart.fct_touches")) == as_view
    assert in_mart(settings, told) == [view] == [(3, view[1])]


def test_another_process_reads_it(settings: Settings) -> None:
    publish_touches(settings, "run1")
    code = "import duckdb, sys; print(duckdb.connect(sys.argv[1]).sql('select sum(cost) from mart.fct_touches'))"
    command = [sys.executable, "-c", code, str(settings.published_path)]
    done = subprocess.run(command, cwd="/", capture_output=True, text=True, check=True)
    assert "9.0000" in done.stdout


def test_questions_reach_its_files_and_no_others(settings: Settings, tmp_path: Path) -> None:
    publish_touches(settings, "run1")
    (tmp_path / "other.csv").write_text("a\n1\n")
    with open_to_questions(settings) as mart:
        assert ask(mart, "select sum(cost) from fct_touches").rows == [(9,)]
        with pytest.raises(QueryError, match="disabled by configuration"):
            ask(mart, f"from '{tmp_path}/other.csv'")


def test_files_stay_as_long_as_a_mart_of_theirs_is_kept(settings: Settings) -> None:
    for number in (1, 2, 3, 4):
        publish_touches(settings, f"run{number}", f"select {number} as touch_id")
    assert folders(settings) == ["run2", "run3", "run4"]  # two kept before the live one
    rollback(settings)
    rollback(settings)
    assert in_mart(settings, "from mart.fct_touches") == [(2,)]
    publish_touches(settings, "run5", "select 5 as touch_id")
    assert "run1" not in folders(settings)
    assert "run5" in folders(settings)


def test_a_publication_that_fails_leaves_no_files(settings: Settings) -> None:
    publish_touches(settings, "run1")
    fill(settings, [1])
    with duckdb.connect(str(settings.warehouse_path)) as warehouse:
        warehouse.execute("drop table mart.fct_touches")
    with pytest.raises(PublishError, match=r"publish\.lake: fct_touches: no such table"):
        publish(settings, RunInfo("run2", STARTED, STARTED.date(), "0.1.0"), PASSED, DESCRIBED)
    assert folders(settings) == ["run1"]
    assert in_mart(settings, "select count(*) from mart.fct_touches") == [(3,)]


def test_what_spark_has_built_is_not_written_again(settings: Settings) -> None:
    on_spark = settings.model_copy(update={"engine": Engine(target="spark")})
    built = on_spark.lake_path / "builds" / "b1" / "fct_touches"
    built.mkdir(parents=True)
    duckdb.sql(TOUCHES.replace("json", "varchar")).write_parquet(str(built / "part-7.parquet"))
    (built / "part-7.parquet").chmod(0o600)
    Storage(on_spark.storage).put_list(BUILT, [Built("mart", "fct_touches", "builds/b1/fct_touches")])
    publish_touches(on_spark, "run1")
    (folder,) = files_of(on_spark.published_path)
    assert os.path.samefile(folder / "part-7.parquet", built / "part-7.parquet")
    assert (folder / "part-7.parquet").stat().st_mode & 0o777 == on_spark.published_path.stat().st_mode & 0o777
    shutil.rmtree(on_spark.lake_path / "builds")
    assert in_mart(on_spark, "select sum(cost), min(typeof(flags)) from mart.fct_touches") == [(9, "JSON")]


def test_what_spark_has_built_in_a_bucket_is_fetched_to_where_readers_are(settings: Settings, s3: S3) -> None:
    in_bucket = settings.model_copy(update={"engine": Engine(target="spark", storage="s3://acme/lake")})
    storage = Storage(in_bucket.storage)
    rows = duckdb.sql(TOUCHES.replace("json", "varchar"))
    storage.put("builds/b1/fct_touches/part-7.parquet", lambda path: rows.write_parquet(str(path)))
    storage.put_list(BUILT, [Built("mart", "fct_touches", "builds/b1/fct_touches")])
    fill(in_bucket, [1])
    with duckdb.connect(str(in_bucket.warehouse_path)) as warehouse:
        bring_back(
            warehouse, storage, (), {"mart.fct_touches": {"touch_id": "integer", "flags": "json"}}, stay=["fct_touches"]
        )
    publish(in_bucket, RunInfo("run1", STARTED, dt.date(2024, 3, 31), "0.1.0"), PASSED, DESCRIBED)
    storage.remove("builds")
    assert [path.name for path in files_of(in_bucket.published_path)[0].iterdir()] == ["part-7.parquet"]
    assert folders(in_bucket) == ["run1"]
    assert in_mart(in_bucket, "select sum(touch_id), min(typeof(flags)) from mart.fct_touches") == [(6, "JSON")]


def test_two_marts_are_compared_by_content_and_row_by_row(settings: Settings) -> None:
    publish_touches(settings, "run1")
    publish_touches(settings, "run2", TOUCHES.replace("'touch '", "'Touch '"))
    kept = next((settings.published_path.parent / "history").glob("*run1.duckdb"))
    (changed,) = compare_marts(kept, settings.published_path).different
    assert (changed.table, changed.changed_columns) == ("fct_touches", {"note": 3})


def test_a_person_is_erased_from_the_files_of_every_mart(settings: Settings) -> None:
    for number in (1, 2):
        publish_touches(settings, f"run{number}", f"select 1 as touch_id, '{number}: {ANN}' as note")
    assert len(erase_published(settings, Eraser({ANN: "a" * 64}))) == 2
    for kept in ("2", "1"):
        assert in_mart(settings, "select note from mart.fct_touches") == [(f"{kept}: forgotten:{'a' * 64}",)]
        if kept == "2":
            rollback(settings)


def test_after_a_move_the_reason_is_told_and_a_run_is_due(settings: Settings, tmp_path: Path) -> None:
    publish_touches(settings, "run1")
    publish_touches(settings, "run2")
    settings.state_path.mkdir(exist_ok=True)
    record_publication(settings, "run2", "inputs", files_of(settings.published_path))
    moved = settings.model_copy(update={"workspace": tmp_path / "moved"})
    settings.workspace.rename(moved.workspace)
    with open_published(moved) as mart:
        assert mart.execute("select sum(leads) from kpi_total").fetchall() == [(1,)]
    with (
        pytest.raises(PublishError, match="`funnelmart run` publishes it again where it is now"),
        open_published(moved) as mart,
    ):
        mart.execute("select * from fct_touches")
    with pytest.raises(PublishError, match="after a workspace was moved"):
        rollback(moved)
    assert published_already(moved, STARTED) is None
    publish_touches(moved, "run3", "select 1 as touch_id")
    kept = next((moved.published_path.parent / "history").glob("*run1.duckdb"))
    with pytest.raises(CannotCompareError, match="No files found"):
        compare_marts(kept, moved.published_path)
