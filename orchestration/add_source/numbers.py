"""How a file writes its numbers, and in which currency its money is."""

import re

from babel.numbers import get_currency_precision

from orchestration.add_source.currency import currency_of
from orchestration.add_source.evidence import Column
from orchestration.add_source.fit import ENOUGH, fit
from orchestration.add_source.marks import Marks, judge, marks_of
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.said_above import doubt_rounded, settle_said_above
from orchestration.add_source.vocabulary import plain, vocabulary
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.type.currencies import currency_code

NUMBERS = ("decimal", "integer")
PRECISE = ("rate", "probability", "gross_margin", "value", "response_seconds")  # 1.083 is no thousand of them
_NUMERIC = re.compile(r"[<>]?\s*[^\d\s]{0,4}\s*-?\d[\d.,'’\s\u00a0\u202f]*\s*(%|[^\d\s]{1,4})?")


def settle_numbers(made: Proposal, table: TableSpec) -> None:
    """Marks of decimals and thousands; the currency of the money."""
    used = {
        spec.name: (made.look.column(made.fields[spec.name]), spec.data_type == "integer")
        for spec in table.columns
        if spec.data_type in NUMBERS and spec.name in made.fields and not made.unfold
    }
    used |= {name: (made.look.column(name), False) for name in made.unfold.get("columns", [])}
    is_typed = made.look.kind == "workbook"
    told = {name: found for name, found in used.items() if name not in PRECISE}
    has_cents = _has_cents(made, [column for column, whole in told.values() if not whole])
    columns = {column.name: marks_of(column, whole or not has_cents, is_typed) for column, whole in told.values()}
    precise = [column for name, (column, _) in used.items() if name in PRECISE]
    taken = {column.name for column, _ in used.values()}
    further = [column for column in made.look.columns if column.name not in taken and _is_numeric(column)]
    others = [marks_of(column, is_typed=is_typed) for column in further]
    if columns:
        _marks(made, columns, others)
    elif any(re.fullmatch(r"-?\d+,\d+", value) for column in precise for value in column.some):
        made.formats["decimal"] = ","
    money = [column for name, (column, whole) in used.items() if name not in PRECISE and not whole]
    _currency(made, table, money)
    if money:
        settle_said_above(made)
    doubt_rounded(made, [column for column, _ in used.values()])


def _has_cents(made: Proposal, money: list[Column]) -> bool:
    """Whether any currency that is named has parts: 1,500 yen are fifteen hundred."""
    if "currency" in made.fields:
        codes = {currency_code(value) for value in made.look.column(made.fields["currency"]).meant}
    else:
        codes = {currency_of(money, made.reporting).code}
    return not codes or any(code is None or get_currency_precision(code) > 0 for code in codes)


def _marks(made: Proposal, columns: dict[str, Marks], others: list[Marks]) -> None:
    dotted = any("%d.%m" in str(made.formats.get(key, "")) for key in ("date", "timestamp"))
    found = judge(columns, others, comma_is_likely=dotted or made.look.delimiter == ";")
    if found.decimal != ".":
        made.formats["decimal"] = found.decimal
    if found.thousands:
        made.formats["thousands"] = found.thousands
    if found.why:
        made.note(found.why)
    if found.doubt:
        made.doubt(found.doubt, "look at one amount and set `decimal` and `thousands` under `formats` of the block")


def _is_numeric(column: Column) -> bool:
    """Whether it holds numbers, percentages among them, and no days or ids."""
    if not column.filled or column.dates or column.times:
        return False
    return sum(bool(_NUMERIC.fullmatch(value)) for value in column.some) >= 0.8 * len(column.some)


def _currency(made: Proposal, table: TableSpec, money: list[Column]) -> None:
    """From a column, else the header or signs; what they leave open is doubted."""
    if "currency" in made.fields:
        column = made.look.column(made.fields["currency"])
        _told_by_values(made, table, column)
        unknown = [value for value in column.meant if currency_code(value) is None]
        if unknown:
            shown = ", ".join(map(repr, unknown[:5]))
            made.doubt(
                f"{column.name} holds {shown}, which currencies of several countries are called",
                f"write `values: {{currency: {{{unknown[0]!r}: …}}}}` with the code that is meant, such as USD",
            )
        elif not column.filled:
            made.note(f"{column.name} is empty: amounts count in the currency of the report")
        return
    told = currency_of(money, made.reporting)
    made.currency = told.code
    if told.note:
        made.note(told.note)
    if told.doubt:
        made.doubt(*told.doubt)


def _told_by_values(made: Proposal, table: TableSpec, column: Column) -> None:
    """Say that nothing but its values makes a column one of currencies: CAD and SEK may be products.

    What else than a currency has a rate?
    """
    spec = table.column("currency")
    is_called_so = set(plain(column.name).split()) & set(vocabulary().columns["currency"])
    if spec is None or table.name == "fx_rates" or is_called_so or fit(made.entity, spec, column) >= ENOUGH:
        return
    made.doubt(
        f"{column.name} is taken for the currency of the amounts since it holds codes of currencies only "
        f"({', '.join(sorted(column.meant)[:3])}); its name does not say so",
        "if it is something else, take `currency` out of `fields` of the block",
    )
