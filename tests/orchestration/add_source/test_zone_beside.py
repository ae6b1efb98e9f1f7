"""A column that names the zone of the times beside it."""

import pytest

from tests.orchestration.add_source.conftest import Company

HEADER = "Payment ID,Creation Date,TimeZone,Amount,Currency,Status"


@pytest.mark.parametrize("zone", ["EST", "America/New_York", "Eastern Time (US & Canada)"])
def test_times_are_in_the_zone_beside_them(company: Company, zone: str) -> None:
    rows = f"1,2026-03-31 23:30:00,{zone},100.00,EUR,paid\n2,2026-03-31 10:30:00,{zone},50.00,EUR,paid\n"
    done = company.add(company.write("payments.csv", f"{HEADER}\n{rows}"))
    assert company.figures("deals", "max(created_at)") == ("2026-04-01 03:30:00+00",)
    assert "times are in America/New_York, as TimeZone says" in " ".join(done["added"][0]["notes"])


def test_several_zones_are_a_doubt(company: Company) -> None:
    rows = "1,2026-03-31 23:30:00,EST,100.00,EUR,paid\n2,2026-03-31 10:30:00,CET,50.00,EUR,paid\n"
    said = company.refused(company.write("payments.csv", f"{HEADER}\n{rows}"))
    assert "TimeZone says in which zone the times of Creation Date are ('CET', 'EST')" in said["message"]


def test_times_that_name_their_zone_need_none_beside_them(company: Company) -> None:
    rows = "1,2026-03-31T23:30:00Z,EST,100.00,EUR,paid\n2,2026-03-31T10:30:00Z,EST,50.00,EUR,paid\n"
    company.add(company.write("payments.csv", f"{HEADER}\n{rows}"))
    assert company.figures("deals", "max(created_at)") == ("2026-03-31 23:30:00+00",)
