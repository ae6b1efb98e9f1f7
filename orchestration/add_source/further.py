"""What a file of orders holds besides the orders: money that was given back, and the lines of each order."""

import re
from decimal import Decimal

from orchestration.add_source.evidence import Column
from orchestration.add_source.identity import line_rows
from orchestration.add_source.look import Look
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.signs import doubt_signs
from orchestration.add_source.vocabulary import joined, plain, vocabulary
from orchestration.add_source.zones import zone_in

_LINES = {
    "product": ("lineitem name", "item name", "product name", "line item name", "product", "item"),
    "units": ("lineitem quantity", "item quantity", "quantity", "qty", "line item quantity"),
    "unit_price": ("lineitem price", "item price", "unit price", "line item price"),
    "discount": ("lineitem discount", "item discount"),
}
_COPIED = ("delimiter", "encoding", "sheet", "skip_rows", "header_rows", "decimal", "thousands", "date", "timestamp")


def refunds_beside(deals: Proposal) -> Proposal | None:
    """A block of refunds from the amounts given back that stand beside orders; the orders themselves stay won."""
    look = deals.look
    column = _refunded(look, deals)
    if column is None or "deal_id" not in deals.fields:
        _without_refunds(deals)
        return None
    nothing = [value for value in column.values if not _amount(value)]
    day = _called(look, vocabulary().refunds["date"])
    fields = {"deal_id": deals.fields["deal_id"], "amount": column.name}
    dated = day.name if day else deals.fields.get("closed_at") or deals.fields.get("created_at")
    if dated is None:
        deals.doubt(f"{column.name} can't be counted as refunds: nothing dates them", "add a column with their days")
        return None
    fields["refunded_at"] = dated
    fields |= {"currency": deals.fields["currency"]} if "currency" in deals.fields else {}
    # what each line of an order repeats is one refund
    once = _repeats_amount(look, deals.fields["deal_id"], column.name)
    fields |= {"refund_id": deals.fields["deal_id"]} if once else {}
    key = None if once else "row"
    made = Proposal("refunds", list(deals.files), look, fields, _formats(deals), currency=deals.currency, key=key)
    made.where_not = {column.name: ["", *sorted(nothing)]}
    made.timezones = {name: zone for name, zone in deals.timezones.items() if name in fields.values()}
    made.constants = {name: value for name, value in deals.constants.items() if name == "source"}
    if day is None:
        made.constants["refunded_at_is_estimated"] = "true"
        made.note(f"nothing says when {column.name} was given back: it is dated by the order's {dated}, flagged")
    elif day.name not in deals.timezones and (said := zone_in(day.name)) and said.name:
        made.timezones[day.name] = said.name
    made.note(f"{column.name} beside an order is a refund of it; the order's own amount counts as won")
    doubt_signs(made)
    _refunded_is_won(deals)
    return made


def lines_beside(deals: Proposal) -> Proposal | None:
    """A block of deal_lines where several rows are the lines of one order."""
    look = deals.look
    found = {name: column for name, names in _LINES.items() if (column := _called(look, tuple(map(plain, names))))}
    theirs = deals.fields.get("deal_id")
    repeats = theirs is not None and not look.column(theirs).is_unique
    if theirs is None or not repeats or "product" not in found or not {"units", "unit_price"} & set(found):
        return None
    if not line_rows(look, deals.fields, "deal_id") and not _same_orders(look, deals):
        return None
    fields = {"deal_id": theirs} | {name: column.name for name, column in found.items()}
    deals.fields = {
        name: column
        for name, column in deals.fields.items()
        if name == "deal_id" or (column not in fields.values() and name not in _LINES)
    }
    deals.refused += list(_LINES)
    made = Proposal("deal_lines", list(deals.files), look, fields, _formats(deals), key="row")
    made.constants = {name: value for name, value in deals.constants.items() if name == "source"}
    made.where_not = {found["product"].name: [""]}
    made.note("each row is a line of its order: units and products are those of the lines")
    return made


def _same_orders(look: Look, deals: Proposal) -> bool:
    """Whether the rows of one order all bear the order's amount."""
    if "amount" not in deals.fields:
        return False
    amounts: dict[str, set[str]] = {}
    for identity, amount in look.cells(deals.fields["deal_id"], deals.fields["amount"]):
        amounts.setdefault(str(identity), set()).add(str(amount))
    return all(len(found) == 1 for found in amounts.values())


def _repeats_amount(look: Look, identity: str, amount: str) -> bool:
    """Whether several rows of one order bear the amount given back, always the same one."""
    found: dict[str, list[str]] = {}
    for one, given in look.cells(identity, amount):
        if given and _amount(given):
            found.setdefault(str(one), []).append(given)
    return any(len(rows) > 1 for rows in found.values()) and all(len(set(rows)) == 1 for rows in found.values())


def _refunded(look: Look, deals: Proposal) -> Column | None:
    column = _called(look, vocabulary().refunds["amount"])
    if column is None or column.name in deals.fields.values():
        return None
    is_money = column.share("decimal") > 0.5  # a list of refunds, as shops nest them, is no amount
    return column if is_money and any(_amount(value) for value in column.values) else None


def _called(look: Look, names: tuple[str, ...]) -> Column | None:
    """The column that is called so, best name first; `Order Refund Amount` is the order's own."""
    runs = {joined(plain(column.name)): column for column in reversed(look.columns) if column.filled}
    for column in look.columns:  # `amountRefunded.value`, as APIs give money
        *path, last = column.name.split(".")
        if path and last in ("value", "amount") and column.filled:
            runs.setdefault(joined(plain(path[-1])), column)
    own = {re.sub(r"^(?:order|deal|invoice|payment)", "", run): column for run, column in runs.items()}
    runs = own | runs
    return next((runs[joined(name)] for name in names if joined(name) in runs), None)


def _amount(value: str) -> Decimal:
    digits = re.sub(r"\D", "", value)
    return Decimal(digits or 0)


def _formats(deals: Proposal) -> dict[str, object]:
    return {key: value for key, value in deals.formats.items() if key in _COPIED}


def _stages_refunded(deals: Proposal) -> list[str]:
    words = vocabulary().refunds["stages"]
    names = [deals.fields[name] for name in ("stage", "status") if name in deals.fields]
    return [value for name in names for value in deals.look.column(name).meant if plain(value) in words]


def _refunded_is_won(deals: Proposal) -> None:
    for value in _stages_refunded(deals):
        deals.stages[value] = "won"


def _without_refunds(deals: Proposal) -> None:
    """Orders that are called refunded, and no column says how much: their money came and went."""
    stages = _stages_refunded(deals)
    if not stages or deals.entity != "deals":
        return
    amount = deals.fields.get("amount")
    columns = [deals.fields[name] for name in ("stage", "status") if name in deals.fields]
    rows = [money for stage, money in deals.look.cells(columns[0], amount) if stage in stages] if amount else []
    _refunded_is_won(deals)
    shown = ", ".join(map(repr, stages))
    if rows and all(money and re.match(r"\s*[-(−]|.*-\s*$", money) for money in rows):
        deals.note(f"{shown}: the negative amounts are taken off revenue")
        return
    deals.doubt(
        f"{shown}: no column says how much was given back, so these orders count in full",
        f"add the refunds (entity `refunds`), or say under `stages` that they are lost: {{{stages[0]}: lost}}",
    )
