"""An extract far larger than the memory that a run may take. `make test-large` makes one of 5 GB."""

import os
import resource
import time
from pathlib import Path

import pytest

from orchestration.extracts.land.land import land_source_table
from orchestration.extracts.sources import SHEETS, load_sources
from orchestration.settings import Settings
from orchestration.temporary import empty_temporary
from orchestration.warehouse import engine_config, open_warehouse

GIGABYTES = float(os.environ.get("FUNNELMART_LARGE_GB", "0"))
LIMIT = "1GB"
LINE = "2024-{:02}-{:02},Google Ads,{:07},Campaign of a name as long as they are {:07},{},{},{}.{:02},EUR,google,cpc\n"


@pytest.mark.skipif(not GIGABYTES, reason="make test-large does it: minutes and three times as much disk")
def test_it_is_landed_within_the_memory_limit(tmp_path: Path) -> None:
    path, lines, spend = tmp_path / "extracts" / "spend.csv", 0, 0
    path.parent.mkdir()
    with open(path, "w") as file:
        file.write("date,platform,campaign_id,campaign_name,impressions,clicks,spend,currency,utm_source,utm_medium\n")
        while file.tell() < GIGABYTES * 1e9:
            block = []
            for n in range(lines, lines + 100_000):
                block.append(LINE.format(n % 12 + 1, n % 28 + 1, n % 5_000_000, n, n % 900, n % 90, n % 50, n % 100))
                spend += n % 50 * 100 + n % 100
            file.write("".join(block))
            lines += 100_000
    sheet = {"entity": "ad_spend", "files": "extracts/spend.csv"}
    said = {"workspace": tmp_path, "company": "Acme", "sources": {"sheets": [sheet]}, "engine": {"memory_limit": LIMIT}}
    settings, sheets = Settings.model_validate(said), load_sources()[SHEETS]
    before, started, used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic(), time.process_time()
    with (
        empty_temporary(settings),
        open_warehouse(settings.warehouse_path, config=engine_config(settings, "landing")) as connection,
    ):
        result = land_source_table(connection, settings, sheets, sheets.tables["ad_spend"])
        total = connection.execute("select (sum(spend) * 100)::bigint from raw_sheets.ad_spend").fetchone()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n{path.stat().st_size / 1e9:.1f} GB, {lines:,} rows: {time.monotonic() - started:.0f} s,"
        f" {time.process_time() - used:.0f} s of processor, at most {peak:,.0f} MB ({before / 1024:,.0f} before)"
    )
    assert (result.rows_landed, total) == (lines, (spend,))
    assert peak < 1000 * 1.6, "DuckDB's limit, and what Python itself takes"
