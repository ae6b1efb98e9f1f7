"""Doubts about the money of deals: rows that take money away, and files in which no column is an amount."""

import re

from orchestration.add_source.money_beside import has_cents, is_called_money
from orchestration.add_source.outcomes import outcome
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.signs import NEGATIVE
from orchestration.add_source.vocabulary import is_expected, plain, vocabulary

# What payment systems (Stripe, Chargebee) call the objects of their APIs, which count money in hundredths.
_OBJECTS = {
    "charge",
    "payment_intent",
    "invoice",
    "checkout.session",
    "refund",
    "balance_transaction",
    "transaction",
    "order",
}
_PRICES = {
    "price", "unit", "each", "preis", "einzelpreis", "stuckpreis", "prix", "precio", "preco", "prezzo", "prijs", "cena",
    "pris", "fiyat", "цена", "ціна", "単価",
}  # fmt: skip
_OF_ALL = {"total", "gesamt", "gesamtpreis", "totale", "suma", "сумма", "сума", "общая", "celkem", "toplam"}
_NO_SALE = re.compile(
    r"^(?:credit|returns?|transfers?|fees?)$|\b(?:credit (?:note|memo)|refund|charge ?back|payout|withdraw|dispute|"
    r"reversal|gutschrift|storno|erstattung|auszahlung|avoir|remboursement|nota de credito|abono|devoluci|rimborso|"
    r"nota di credito|creditnota|korekta|zwrot|возврат|выплата|сторно)"
)
_KINDS = {
    "type",
    "typ",
    "art",
    "kind",
    "transaction type",
    "document type",
    "event type",
    "description",
    "тип",
    "вид",
    "tipo",
    "operation",
}


def doubt_money(made: Proposal) -> None:
    """Say what would count as won and lower revenue, or that nothing brings any."""
    if made.entity != "deals":
        return
    if "amount" in made.fields:
        _taken_away(made)
        _of_no_sale(made)
        _in_hundredths(made)
        _beside_hundredths(made)
        _price_of_one(made)
    else:
        _without_amount(made)
    if "closed_at" not in made.fields:
        _without_closing(made)


def _taken_away(made: Proposal) -> None:
    """Withdrawals and refunds among sales, each of which would count as a won deal."""
    stage = next((made.fields[name] for name in ("stage", "status") if name in made.fields), None)
    kind = next((column for column in made.look.columns if plain(column.name) in _KINDS and column.filled), None)
    columns = [made.fields["amount"], *([stage] if stage else []), *([kind.name] if kind else [])]
    rows = [row for row in made.look.cells(*columns) if row[0] and NEGATIVE.fullmatch(row[0].strip())]
    refunded = vocabulary().refunds["stages"]
    counted = [row for row in rows if not stage or not (plain(row[1] or "") in refunded or _is_lost(row[1]))]
    if not counted or len(counted) == len(made.look.sample) or any("both signs" in one.text for one in made.doubts):
        return
    kinds = sorted({row[-1] for row in counted if kind and row[-1]})
    named = f" ({kind.name}: {', '.join(map(str, kinds[:4]))})" if kind and kinds else ""
    sold = {row[-1] for row in made.look.cells(*columns) if row not in rows} if kind else set()
    listed = ", ".join(str(value) for value in kinds if value not in sold)
    way = f"`where: {{not: {{{kind.name}: [{listed}]}}}}` leaves out what is no sale" if kind and listed else (
        "leave them out under `where`"
    )  # fmt: skip
    money, shown = made.fields["amount"], repr(counted[0][0])
    made.doubt(
        f"{len(counted)} rows of {money} are negative, such as {shown}{named}: each is a deal that lowers revenue",
        f"{way}; give refunds as a file of `refunds`",
    )


def _of_no_sale(made: Proposal) -> None:
    """Credit notes and payouts whose amounts bear no minus, told from sales by a column alone."""
    kind = next((column for column in made.look.columns if plain(column.name) in _KINDS and column.filled), None)
    named = [value for value in sorted(kind.meant) if _NO_SALE.search(plain(value))] if kind else []
    if kind is None or not named or len(named) == len(kind.meant):
        return
    money = made.fields["amount"]
    rows = [row for row in made.look.cells(kind.name, money) if row[0] in named and row[1]]
    unsigned = [amount for _, amount in rows if amount and not NEGATIVE.fullmatch(amount.strip())]
    if unsigned and len(unsigned) == len(rows):
        made.doubt(
            f"{len(rows)} rows are called {', '.join(map(repr, named[:4]))} ({kind.name}), and their {money} bears no "
            f"minus ({unsigned[0]}): each is a deal that adds to revenue",
            f"`where: {{not: {{{kind.name}: [{', '.join(named)}]}}}}` leaves out what is no sale; give refunds as a "
            "file of `refunds`",
        )


def _price_of_one(made: Proposal) -> None:
    """A price beside a quantity is rather that of one piece: nothing multiplies them."""
    words = set(plain(made.fields["amount"]).split())
    if "units" not in made.fields or not words & _PRICES or words & _OF_ALL:
        return
    units = made.look.column(made.fields["units"])
    several = next((value for value in units.some if not re.fullmatch(r"0|1([.,]0+)?", value)), None)
    if several:
        made.doubt(
            f"amount is taken from {made.fields['amount']}, beside {units.name} ({several}): it may be the price of "
            "one",
            "add a column with what the whole deal costs, and name it as amount under `fields`",
        )


def _in_hundredths(made: Proposal) -> None:
    """Whole amounts of objects as an API gives them: 1999 is 19.99 there, which no column says."""
    kind = next((column for column in made.look.columns if plain(column.name).split()[-1:] == ["object"]), None)
    amount = made.look.column(made.fields["amount"])
    whole = amount.filled and all(re.fullmatch(r"-?\d+", value) for value in amount.some)
    if kind and whole and kind.meant and set(kind.meant) <= _OBJECTS:
        made.doubt(
            f"{amount.name} holds whole numbers only ({amount.some[0]}) of objects called {next(iter(kind.meant))!r}: "
            "payment systems give such in hundredths (cents)",
            "export the payments as a CSV file, or divide the amounts before",
        )


def _beside_hundredths(made: Proposal) -> None:
    """Another column says the same with cents: beside 125050 stands €1,250.50."""
    amount = made.look.column(made.fields["amount"])
    if not amount.filled or not all(re.fullmatch(r"-?\d+", value) for value in amount.some):
        return
    for column in made.look.columns:
        if column is amount or not any(_in_cents(value) is not None for value in column.some):
            continue
        pairs = [(whole, shown) for whole, shown in made.look.cells(amount.name, column.name) if whole and shown]
        pairs = [(whole, shown) for whole, shown in pairs if whole != "0" and re.fullmatch(r"-?\d+", whole)]
        if pairs and all(int(whole) == _in_cents(shown) for whole, shown in pairs):
            made.doubt(
                f"{amount.name} ({pairs[0][0]}) is in hundredths of what {column.name} says ({pairs[0][1]})",
                f"write `amount: {column.name}` under `fields` of the block, or divide the amounts before",
            )
            return


def _in_cents(value: str) -> int | None:
    """A number with two decimals, in hundredths; None where it is none."""
    match = re.search(r"\d[\d.,'\s]*[.,]\d{2}(?!\d)", value)
    return int(re.sub(r"\D", "", match[0])) if match else None


def _is_lost(stage: str | None) -> bool:
    return stage is not None and outcome(stage) == "lost"


def _without_amount(made: Proposal) -> None:
    columns = made.look.columns
    money = [column for column in columns if has_cents(made, column)]
    money = money or [column for column in columns if is_called_money(made, column)]
    if money:
        names = ", ".join(column.name for column in money[:4])
        made.doubt(
            f"no column is taken for an amount, so these deals bring no revenue; {names} may hold money",
            f"name it under `fields`, such as amount: {money[0].name}",
        )
    else:
        made.note("no column holds an amount: these deals count, but bring no revenue")


def _without_closing(made: Proposal) -> None:
    """Days in a column that is called by no known name may be those on which deals closed."""
    undated = not {"created_at", "updated_at"} & set(made.fields)
    for column in made.look.columns:
        is_known = plain(column.name) in vocabulary().headers or is_expected(plain(column.name).split())
        if column.name in made.fields.values() or is_known or not column.some or column.share("timestamp") < 0.9:
            continue
        made.doubt(
            f"no column says when deals closed, which is estimated then; {column.name} holds days ({column.some[0]})",
            f"if these are they, write `closed_at: {column.name}` under `fields` of the block",
            matters=undated,
        )
        return
    if undated:
        made.doubt(
            "no column says when anything happened to these deals: those won or lost are in no period",
            "export a date of the order or of its closing beside them",
        )
