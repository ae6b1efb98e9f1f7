"""The catalogue's SQL as trees that the page reckons."""

from typing import Any

import pytest

from kpi_report.expressions import measures_of, reckoned

COLUMNS = ["kpi", "kind", "numerator", "denominator"]


def table(*rows: list[str | None]) -> dict[str, Any]:
    return {"columns": COLUMNS, "rows": list(rows)}


def test_sums_ratios_and_conditions() -> None:
    found = reckoned(
        table(
            ["leads", "sum", "leads", None],
            ["roi", "ratio", "gross_profit - marketing_cost", "marketing_cost"],
            ["cac", "ratio", "full_cost", "case when coalesce(summed, 0) = 0 and n <> 0 then n end"],
        )
    )

    assert found == {
        "leads": ["leads", None],
        "roi": [["-", "gross_profit", "marketing_cost"], "marketing_cost"],
        "cac": ["full_cost", ["case", ["and", ["=", ["coalesce", "summed", 0], 0], ["<>", "n", 0]], "n", None]],
    }
    assert measures_of(found) == {"leads", "gross_profit", "marketing_cost", "full_cost", "summed", "n"}


def test_medians_and_stocks_are_no_sums_of_days() -> None:
    rows = [["median_days", "median", None, None], ["open_deals", "stock", "open_deals", None]]
    assert reckoned(table(*rows)) == {}


def test_what_the_page_can_not_reckon_is_refused() -> None:
    with pytest.raises(ValueError, match="can't reckon FUNCTION"):
        reckoned(table(["odd", "ratio", "ln(leads)", "leads"]))
