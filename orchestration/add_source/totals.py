"""What add-source says of totals: a run leaves them out (`extracts/type/summaries.py`), here is what it can't tell."""

import re
from decimal import Decimal, InvalidOperation

from orchestration.add_source.evidence import Column
from orchestration.add_source.proposal import Proposal
from orchestration.add_source.vocabulary import plain
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.type.summaries import names_of
from orchestration.extracts.type.summary_words import whole_label

_ALL = {"all", "alle", "все", "всего", "todos", "todas", "tous", "toutes", "tutti"}
_IS_NUMBER = re.compile(r"[^\w\s]?-?\d[\d.,'\s]*[^\w\s]?")
_OF_SOMEBODY = re.compile(r"^[^:(]* for ")  # may be a remark: a run looks whether such a line lacks what records have
_MANY = 20_000  # sums are told only where the whole file was looked at


def is_total(value: str) -> bool:
    """Whether a cell says that its line adds up others: `Total`, `Total: Campaigns`, `Grand Totals (4 records)`."""
    return re.match(whole_label(), value.strip().lower()) is not None


def settle_totals(made: Proposal, table: TableSpec) -> None:
    """Leave out what a column by which the rows are broken down calls a total: a run looks at names only."""
    named = {made.fields[name] for name in names_of(table) if name in made.fields}
    for column in made.look.columns[1:]:
        if made.entity in ("leads", "deals") and _is_of_records(made, column):
            continue
        words = [value for value in column.values if is_total(value) and not _OF_SOMEBODY.search(value.lower())]
        count = sum(column.values[word] for word in words)
        if words and column.name not in named and count <= column.values.total() / 2:
            made.leave_out(column.name, words)
            made.note(f"rows with {', '.join(map(repr, words))} in {column.name} are left out: they add up the others")
            return


def _is_of_records(made: Proposal, column: Column) -> bool:
    """Whether a row that says total is a record all the same, with an id of its own: `Total: 3 seats` is a remark."""
    key = made.fields.get(f"{made.entity[:-1]}_id")
    rows = made.look.cells(key, column.name) if key else []
    return any(identity and not is_total(identity) and said and is_total(said) for identity, said in rows)


def settle_wholes(made: Proposal) -> None:
    """`All` beside the ages of a breakdown: the row adds up the others where its money is theirs."""
    money = made.fields.get("spend")
    if money is None or made.unfold or made.look.rows > _MANY:
        return
    for column in made.look.columns:
        words = [value for value in column.values if plain(value) in _ALL]
        is_used = column.name in made.fields.values() and column.name != made.fields.get("date")
        if not words or len(words) == len(column.values) or is_used:
            continue
        rows = [(value in words, number_of(made, spent)) for value, spent in made.look.cells(column.name, money)]
        whole = sum((number for is_whole, number in rows if is_whole and number), Decimal())
        others = sum((number for is_whole, number in rows if not is_whole and number), Decimal())
        shown = ", ".join(map(repr, words))
        if whole and abs(whole - others) <= whole / 200:
            made.leave_out(column.name, words)
            made.note(f"rows with {shown} in {column.name} are left out: they add up the others ({money} {whole})")
            return
        if whole and others:
            made.doubt(
                f"rows with {shown} in {column.name} hold {money} {whole}, the others {others}: they may add them up",
                f"if they do, leave them out: `where: {{not: {{{column.name}: [{words[0]}]}}}}`",
            )


def doubt_nameless(made: Proposal) -> None:
    """A line without a name, where others have one, whose money is not the sum of the others'."""
    name = next((n for n in ("campaign_name", "channel", "platform", "deal_id") if n in made.fields), None)
    money = next((n for n in ("spend", "amount") if n in made.fields), None)
    if name is None or money is None or made.entity != "ad_spend" or made.unfold or made.look.rows > _MANY:
        return
    column = made.fields[name]
    if not any(made.look.column(column).values):
        return
    rows = [
        (label, number_of(made, value))
        for label, value, *cells in made.look.cells(
            column, made.fields[money], *(one.name for one in made.look.columns)
        )
        if not any(is_total(cell) for cell in cells if cell) and sum(cell is not None for cell in cells) > 1
    ]
    blank = [number for label, number in rows if not label]
    named = [number for label, number in rows if label]
    if not blank or len(named) < 2 or None in blank or None in named:
        return
    whole = sum((number for number in named if number is not None), Decimal())
    if blank == [whole]:
        return  # a total, which a run leaves out
    if len(blank) == 1 and name == "campaign_name":
        made.doubt(
            f"a line without {column} holds {made.fields[money]} {blank[0]}; the others' sum is {whole}",
            f"if it is a total, leave it out: `where: {{not: {{{column}: ['']}}}}`",
        )
    elif not {"campaign_id", "channel", "platform", "utm_source"} & set(made.fields) - {name}:
        lost = sum((number for number in blank if number is not None), Decimal())
        made.doubt(
            f"{len(blank)} rows have no {column} ({made.fields[money]} {lost}); they may belong to the row above",
            f"fill {column} in each row of the file",
        )


def doubt_bare(made: Proposal, table: TableSpec) -> None:
    """Lines that hold nothing but numbers among records without an id: sums below each group, as boards export them."""
    if made.entity not in ("leads", "deals") or made.look.rows > _MANY:
        return
    _doubt_names_alone(made)
    if made.key != "row":
        return
    rows = [[(number, cell) for number, cell in enumerate(row) if cell] for row in made.look.sample]
    short = [row for row in rows if 0 < len(row) <= 2 and all(_IS_NUMBER.fullmatch(cell) for _, cell in row)]
    sums = {n for n in {n for row in short for n, _ in row} if _may_add_up(made, table, made.look.columns[n])}
    bare = [row for row in short if all(number in sums for number, _ in row)]
    if bare and max(map(len, rows)) > 3:
        made.doubt(
            f"{len(bare)} lines hold nothing but numbers, such as {bare[0][0][1]}: they may add up the lines above, "
            f"and each would be one of {made.entity}",
            "take sums and names of groups out of the file, or export it as one flat table",
        )


def _may_add_up(made: Proposal, table: TableSpec, column: Column) -> bool:
    """Whether sums may stand in a column: a measure, or one that nothing uses whose numbers are no telephones'."""
    taken = [spec.data_type for spec in table.columns if made.fields.get(spec.name) == column.name]
    if taken:
        return any(data_type in ("decimal", "integer") for data_type in taken)
    are_numbers = column.share("decimal") > 0.8 and column.share("timestamp") < 0.9
    return are_numbers and not any(re.match(r"\+|0\d", value) for value in column.some)


def _doubt_names_alone(made: Proposal) -> None:
    """Names of groups on lines of their own, in the column of ids or of customers: each would be an open deal."""
    whose = ("deal_id",) if made.key != "row" else ("customer_id", "person_id", "full_name", "owner", "product")
    key = next((made.fields[name] for name in whose if name in made.fields), None) if made.entity == "deals" else None
    rows = [[cell for cell in row if cell] for row in made.look.sample]
    while rows and len(rows[-1]) < 2:  # what stands alone below all rows closes the report
        rows.pop()
    names = {row[0] for row in rows if len(row) == 1 and not is_total(row[0])}
    alone = [label for (label,) in (made.look.cells(key) if key else []) if label in names]
    if alone and len(alone) < len(rows) / 2 and max(map(len, rows)) > 3:
        made.doubt(
            f"{len(alone)} lines hold nothing but {key}, such as {alone[0]!r}: they may name the group of the lines "
            "below, and each would be a deal",
            "take the names of groups out of the file, or export it as one flat table",
        )


def number_of(made: Proposal, value: str | None) -> Decimal | None:
    """A number in the marks of the file; 0 where there is none."""
    if value is None or value in made.formats.get("null_values", []):
        return Decimal()
    thousands, decimal = made.formats.get("thousands", ""), made.formats.get("decimal", ".")
    digits = re.sub(r"[^\d.,'-]", "", value)
    digits = digits.replace(thousands, "") if thousands else digits
    try:
        return Decimal(digits.replace(decimal, "."))
    except InvalidOperation:
        return None
