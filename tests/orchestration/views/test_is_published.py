"""After a failure, `run` says whether its mart was published before: a report that fails unpublishes nothing."""

from pathlib import Path

import duckdb

from orchestration.settings import load_settings
from orchestration.views.reader import is_published


def test_only_the_run_that_built_the_published_mart_has_published(tmp_path: Path) -> None:
    (tmp_path / "funnelmart.yml").write_text("company: Acme\n")
    settings = load_settings(tmp_path)
    assert not is_published(settings, "first")
    settings.published_path.parent.mkdir()
    with duckdb.connect(str(settings.published_path)) as connection:
        connection.execute("create schema mart; create schema _meta")
        connection.execute("create table _meta.run as select 'first' as run_id")
    assert is_published(settings, "first")
    assert not is_published(settings, "second")
