"""The zone of times stands in their header: read as the workspace's they would count on another day."""

from collections import Counter

import pytest

from orchestration.add_source.evidence import Column
from orchestration.add_source.zones import Zone, zone_in
from tests.orchestration.add_source.conftest import Company


@pytest.mark.parametrize(
    ("header", "zone"),
    [
        ("Created (UTC)", "UTC"),
        ("Created date GMT", "UTC"),
        ("Created At (GMT+03:00)", "Etc/GMT-3"),
        ("Created At (UTC-5)", "Etc/GMT+5"),
        ("Created At (GMT+00:00)", "UTC"),
        ("Created At (UTC+05:30)", "Asia/Kolkata"),
        ("Created At (America/New_York)", "America/New_York"),
        ("Lead created (PST)", "America/Los_Angeles"),
        ("Create Date (Eastern Time)", "America/New_York"),
        ("Create Date (in Pacific Standard Time)", "America/Los_Angeles"),
        ("Erstellt (MEZ)", "Europe/Berlin"),
        ("Дата создания (МСК)", "Europe/Moscow"),
        ("Created PST", "America/Los_Angeles"),
    ],
)
def test_a_header_names_a_zone(header: str, zone: str) -> None:
    found = zone_in(header)
    assert found
    assert found.name == zone


@pytest.mark.parametrize(
    "header", ["Created at", "Created (local)", "Created by/on", "Created (est)imated", "Date/Time", "Created Et"]
)
def test_a_header_names_none(header: str) -> None:
    assert zone_in(header) is None


@pytest.mark.parametrize("header", ["Created (CST)", "Created (IST)", "Created (UTC+02:15)"])
def test_several_zones_are_called_so(header: str) -> None:
    found = zone_in(header)
    assert isinstance(found, Zone)
    assert found.name is None


def _leads(header: str) -> str:
    return f"Lead ID,{header},Email,Source\n1,2026-03-31 23:30:00,a@x.com,Google\n2,2026-03-14 09:15:00,b@x.com,Bing\n"


def test_times_are_read_in_the_zone_of_their_header(company: Company) -> None:
    company.add(company.write("leads.csv", _leads("Created At (PST)")), "--yes")
    _, rows = company.land("leads", "created_at")
    assert rows == [("2026-04-01 06:30:00+00",), ("2026-03-14 16:15:00+00",)]


def test_a_zone_of_several_countries_is_doubted(company: Company) -> None:
    said = company.refused(company.write("leads.csv", _leads("Created At (CST)")), "--yes")
    assert "calls 'CST', as several are" in str(said)


@pytest.mark.parametrize(
    ("winter", "summer", "moments"),
    [
        ("Tue, 03 Mar 2026 10:00:00 +0000", "Mon, 13 Jul 2026 12:00:00 +0200", ("10:00:00", "10:00:00")),
        ("Tue, 03 Mar 2026 10:00:00 GMT", "Mon, 13 Jul 2026 12:00:00 GMT", ("10:00:00", "12:00:00")),
        ("2026-03-03 10:00:00 EST", "2026-03-13 12:00:00 EST", ("15:00:00", "16:00:00")),
        ("03.03.2026 10:00 CET", "13.03.2026 12:00 CET", ("09:00:00", "11:00:00")),
        ("Mar 3, 2026 10:00 AM PST", "Mar 13, 2026 12:00 PM PST", ("18:00:00", "19:00:00")),
    ],
)
def test_the_zone_stands_behind_each_time(company: Company, winter: str, summer: str, moments: tuple[str, str]) -> None:
    company.add(company.write("leads.csv", f"Lead ID;Created;Email\n1;{winter};a@x.com\n2;{summer};b@x.com\n"))
    _, rows = company.land("leads", "created_at")
    assert tuple(row[0][11:19] for row in rows) == moments


def test_several_zones_are_called_as_the_values_say(company: Company) -> None:
    rows = "1,2026-03-03 10:00:00 CST,a@x.com\n2,2026-03-13 12:00:00 CST,b@x.com\n"
    said = company.refused(company.write("leads.csv", f"Lead ID,Created,Email\n{rows}"))
    assert "the times of Created end in 'CST', as those of several zones do" in said["message"]


def test_times_of_winter_and_summer_are_refused_by_their_zones(company: Company) -> None:
    rows = "1,03.03.2026 10:00 CET,a@x.com\n2,13.07.2026 12:00 CEST,b@x.com\n"
    said = company.refused(company.write("leads.csv", f"Lead ID,Created,Email\n{rows}"))
    assert "Created holds times of several zones (CEST, CET), which no format reads" in said["message"]


@pytest.mark.parametrize("end", [" +0200", " UTC", " GMT"])
def test_zones_behind_times_in_iso_need_no_format(company: Company, end: str) -> None:
    times = [f"2026-03-02 10:00:00{end}", f"2026-07-13 11:30:00{end}"]
    assert Column("Created", Counter(times)).times is None
    rows = "".join(f"{n},{time},a{n}@x.com\n" for n, time in enumerate([*times, f"offen{end}"]))
    company.add(company.write("leads.csv", f"Lead ID,Created,Email\n{rows}"), "--accept-doubts")
    assert "timestamp" not in company.sheets[0].get("formats", {})
    hour = "08:00:00" if "+" in end else "10:00:00"
    assert company.figures("leads", "count(*), min(created_at)") == (2, f"2026-03-02 {hour}+00")
