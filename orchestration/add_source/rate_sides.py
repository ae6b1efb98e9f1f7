"""Which way a rate is: what a dollar is worth in euros, or how many dollars there are for one euro."""

from decimal import Decimal

from orchestration.add_source.proposal import Proposal
from orchestration.add_source.totals import number_of
from orchestration.extracts.type.currencies import currency_code

# One of these is worth less than a third of any of those, as it has been for decades.
_SMALL = {
    "JPY", "KRW", "INR", "RUB", "HUF", "CZK", "SEK", "NOK", "DKK", "ISK", "UAH", "KZT", "THB", "PHP", "IDR", "VND",
    "CLP", "COP", "HKD", "TWD", "ZAR", "MXN", "EGP", "NGN", "RSD", "CNY", "ARS", "PKR", "BDT", "LKR", "KES",
}  # fmt: skip
_LARGE = {"EUR", "USD", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD", "KWD", "BHD", "OMR", "JOD"}


def settle_rates(made: Proposal) -> None:
    """Say which way rates are read, and doubt them where that would make a yen dearer than a euro."""
    if made.entity != "fx_rates" or not {"currency", "rate"} <= set(made.fields) or made.unfold:
        return
    rows = [
        (currency_code(said or "") or "", number_of(made, rate))
        for said, rate in made.look.cells(made.fields["currency"], made.fields["rate"])
    ]
    known = [(code, rate) for code, rate in rows if code and rate and code != made.reporting]
    if not known:
        return
    turned = next(((code, rate) for code, rate in known if _is_turned(code, rate, made.reporting)), None)
    code, rate = turned or known[0]
    if turned:
        made.doubt(
            f"{made.fields['rate']} seems to say how many {code} there are for 1 {made.reporting}: as rates are read, "
            f"1 {code} would be worth {rate} {made.reporting}",
            "write 1 divided by the rate into the file",
        )
    else:
        made.note(f"rates are read as what one unit is worth in {made.reporting}: 1 {code} = {rate} {made.reporting}")


def _is_turned(code: str, rate: Decimal, reporting: str) -> bool:
    if code in _SMALL and reporting in _LARGE:
        return rate > 1
    return code in _LARGE and reporting in _SMALL and rate < 1
