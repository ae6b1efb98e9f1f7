"""A remote source that can't be listed fails its own step; the others load, nothing is published."""

from pathlib import Path

import dagster as dg
import pytest
from s3fs import S3FileSystem

from orchestration.definitions import definitions_for
from orchestration.settings import load_settings
from orchestration.warehouse import open_warehouse
from tests.minimal_workspace import SETTINGS, make_workspace
from tests.orchestration.extracts.find.remote.servers import s3_error, s3_server


def test_a_source_that_may_not_be_listed_does_not_keep_others_from_loading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_workspace(tmp_path / "acme")
    (folder / "funnelmart.yml").write_text(
        SETTINGS.replace("sources:\n", "sources:\n  meta_insights: {path: s3://acme/meta}\n")
    )
    settings = load_settings(folder)
    with s3_server() as s3:
        for name, value in (("ENDPOINT_URL", s3.url), ("ACCESS_KEY_ID", "made-up"), ("SECRET_ACCESS_KEY", "made-up")):
            monkeypatch.setenv(f"AWS_{name}", value)
        S3FileSystem.clear_instance_cache()
        s3.put("meta/insights_1.json", "[]")
        s3.fault = lambda environ: s3_error("403 Forbidden", "AccessDenied")

        with dg.DagsterInstance.ephemeral() as instance:
            result = (
                definitions_for(settings)
                .resolve_job_def("funnelmart")
                .execute_in_process(
                    instance=instance,
                    raise_on_error=False,
                    asset_selection=[dg.AssetKey(["meta_insights", "insights"]), dg.AssetKey(["sheets", "leads"])],
                )
            )

    failed = [event.step_key for event in result.all_events if event.is_step_failure]
    assert failed == ["extract_meta_insights"]
    with open_warehouse(settings.warehouse_path, read_only=True) as warehouse:
        assert warehouse.execute("select source, rows_landed from landing.files").fetchall() == [("sheets", 3)]
    assert not settings.published_path.exists()
