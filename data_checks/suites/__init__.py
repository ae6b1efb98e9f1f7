"""One module for each suite: what must hold, declared as data."""

from data_checks.checks import Check
from data_checks.suites import deals, kpis, leads, results, spend

ALL: dict[str, tuple[Check, ...]] = {
    "leads": leads.CHECKS,
    "spend": spend.CHECKS,
    "deals": deals.CHECKS,
    "results": results.CHECKS,
    "kpis": kpis.CHECKS,
}
