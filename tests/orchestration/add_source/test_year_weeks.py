"""202605 in files of others: May, or the fifth week of the year."""

from collections.abc import Iterable

import pytest

from tests.orchestration.add_source.conftest import Company

SPREAD = "count(*), min(start_date), max(end_date)"


def written(company: Company, header: str, numbers: Iterable[int]) -> str:
    rows = "".join(f"{number},A,100,10,5.50\n" for number in numbers)
    return company.write("report.csv", f"{header},Campaign,Impressions,Clicks,Cost\n{rows}")


@pytest.mark.parametrize("header", ["KW", "ISO week", "Неделя"])
def test_weeks_where_the_header_says_so(company: Company, header: str) -> None:
    company.add(written(company, header, range(202601, 202610)))
    assert company.figures("ad_spend", SPREAD) == (9, "2025-12-29", "2026-03-01")


@pytest.mark.parametrize("header", ["Week", "Year week", "yearWeek"])
def test_weeks_that_may_begin_otherwise(company: Company, header: str) -> None:
    path = written(company, header, range(202601, 202610))
    said = company.refused(path)
    assert "202601 is taken for a week of ISO, 2025-12-29 to 2026-01-04" in said["message"]
    company.add(path, "--accept-doubts")
    assert company.figures("ad_spend", SPREAD) == (9, "2025-12-29", "2026-03-01")


@pytest.mark.parametrize("header", ["Period", "Период", "Month"])
def test_numbers_beyond_twelve_prove_weeks(company: Company, header: str) -> None:
    path = written(company, header, range(202603, 202640))
    assert "is taken for a week of ISO" in company.refused(path)["message"]
    company.add(path, "--accept-doubts")
    assert company.figures("ad_spend", SPREAD) == (37, "2026-01-12", "2026-09-27")


def test_numbers_up_to_twelve_prove_nothing(company: Company) -> None:
    said = company.refused(written(company, "Period", range(202601, 202610)))
    assert "these are months, or weeks of the year" in said["message"]


def test_costs_of_months_may_be_of_weeks_too(company: Company) -> None:
    rows = "".join(f"{number},Agency,100\n" for number in range(202601, 202610))
    said = company.refused(
        company.write("costs.csv", f"Period,Cost type,Amount\n{rows}"), "--entity", "marketing_costs"
    )
    assert "these are months, or weeks of the year" in said["message"]


def test_months_over_the_turn_of_a_year(company: Company) -> None:
    company.add(written(company, "Period", [202511, 202512, 202601, 202602]))
    assert company.figures("ad_spend", SPREAD) == (4, "2025-11-01", "2026-02-28")


def test_weeks_are_not_landed_as_months(company: Company) -> None:
    """A block that expects periods of any kind gets weeks in a later extract: up to 12, they were months."""
    company.add(written(company, "Period", [202511, 202512, 202601, 202602]))
    written(company, "Period", range(202608, 202620))
    assert company.figures("ad_spend", SPREAD) == (0, None, None)


def test_weeks_as_columns(company: Company) -> None:
    path = company.write("tracker.csv", "Channel,202601,202602,202613,202614\nGoogle,10,20,30,40\nMeta,1,2,3,4\n")
    assert "the header 202601 is taken for a week of ISO" in company.refused(path)["message"]
    company.add(path, "--accept-doubts")
    assert company.figures("ad_spend", SPREAD + ", sum(spend)") == (8, "2025-12-29", "2026-04-05", "110")


def test_columns_up_to_twelve_may_be_months_or_weeks(company: Company) -> None:
    said = company.refused(company.write("tracker.csv", "Channel,202601,202602,202603\nGoogle,10,20,30\nMeta,1,2,3\n"))
    assert "the header holds 202601 and the like, none of them beyond 12" in said["message"]
