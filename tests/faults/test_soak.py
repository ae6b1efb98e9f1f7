"""Load: many publications under many readers, many files in one run. `make soak` is the long form."""

import os
from pathlib import Path

from tests.orchestration.extracts.conftest import Workspace
from tests.soak import by_landing, rise, soak

IS_LONG = bool(os.environ.get("FUNNELMART_FAULTS"))


def test_publications_under_readers_stay_level(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    query = "select sum(leads) from live.mart.kpi_total"

    rounds = soak(folder, 60 if IS_LONG else 6, by_landing(folder), query, readers=20 if IS_LONG else 5)

    copies = len(rounds) + 3  # each content of an extract is kept once
    assert rounds[-1].files <= rounds[2].files + copies
    assert rise(rounds, "size_mb") < 1.3


def test_many_files_in_one_run(workspace: Workspace) -> None:
    count = 200 if IS_LONG else 25
    for number in range(count):
        workspace.write(
            f"extracts/spend_{number:03}.csv",
            f"date,platform,campaign_id,campaign_name,spend,currency\n2024-03-01,Ads,{number},C{number},1.00,EUR\n",
        )
    sheet = {"files": "extracts/spend_*.csv"}
    assert workspace.land("ad_spend", sheet).rows_landed == count
    assert workspace.rows("select count(*), sum(spend) from raw_sheets.ad_spend") == [(count, str(count))]
    assert len(workspace.land("ad_spend", sheet).unchanged) == count
