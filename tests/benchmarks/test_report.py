"""The tables of docs/performance.md, from measurements made up here."""

from decimal import Decimal

from benchmarks.bench import Bench
from benchmarks.measure import Measurement
from benchmarks.report import tables

STEPS = {"start-up": 4.0, "landing": 5.0, "dbt": 9.0, "checks": 6.0, "publish": 1.0, "reports": 2.0}


def test_medians_ratio_and_steps() -> None:
    found = Bench(
        scale=1.0,
        bytes=25_600_000,
        cold=[Measurement(30.0, 21.0, 2**30), Measurement(20.0, 19.0, 2**29), Measurement(25.0, 20.0, 2**29)],
        warm=[Measurement(15.0, 12.0, 2**29)],
        plain=[Measurement(2.5, 2.0, 2**28)],
        cold_steps=[STEPS],
        warm_steps=[{**STEPS, "landing": 0.5}],
        totals={
            "leads": Decimal(13000),
            "won_deals": Decimal(1600),
            "revenue": Decimal("5000000.5"),
            "ad_spend": Decimal(1),
        },
    )
    lines = tables([found]).splitlines()
    assert "| 1 | 13,000 | 26 MB | cold run | 25.0 s | 20.0 s | 1.00 GiB | 10.0 |" in lines
    assert "|  |  |  | warm run | 15.0 s | 12.0 s | 0.50 GiB | 6.0 |" in lines
    assert "|  |  |  | plain DuckDB | 2.5 s | 2.0 s | 0.25 GiB | 1.0 |" in lines
    assert "| 1 | cold | 4.0 s | 5.0 s | 9.0 s | 6.0 s | 1.0 s | 2.0 s |" in lines
    assert "| 1 | warm | 4.0 s | 0.5 s | 9.0 s | 6.0 s | 1.0 s | 2.0 s |" in lines
    assert "| 1 | 13,000 | 1,600 | 5,000,000.50 | 1.00 | agree |" in lines
