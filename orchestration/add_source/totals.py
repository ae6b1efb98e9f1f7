"""Lines of a file that are no rows: totals, told by a word or by their sums, and what stands below a report."""

import re
from decimal import Decimal, InvalidOperation

from orchestration.add_source.proposal import Proposal
from orchestration.add_source.vocabulary import plain, vocabulary

_MANY = 20_000  # sums are told only where the whole file was looked at
_FEW = 3


def settle_totals(made: Proposal) -> None:
    """Leave them out by the values in them, and say so."""
    _by_word(made)
    _below(made)


def is_total(value: str) -> bool:
    """Whether a cell says that its line adds up others: `Total`, `Total: Campaigns`, `Grand Totals (4 records)`."""
    head = re.split(r"[:(\[–—]", value, maxsplit=1)[0]
    return plain(head) in vocabulary().totals


def settle_sums(made: Proposal) -> None:
    """A line without a name, where others have one, is a total if its money is the sum of the others'."""
    name = next((n for n in ("campaign_name", "channel", "platform", "deal_id") if n in made.fields), None)
    money = next((n for n in ("spend", "amount") if n in made.fields), None)
    if name is None or money is None or made.unfold or made.look.rows > _MANY:
        return
    column = made.fields[name]
    if "" in made.where_not.get(column, []) or not any(made.look.column(column).values):
        return
    rows = [(label, _number(made, value)) for label, value in _counted(made, column, made.fields[money])]
    blank = [number for label, number in rows if not label]
    named = [number for label, number in rows if label]
    if not blank or len(named) < 2 or None in blank or None in named or len(blank) > len(named):
        return
    whole = sum((number for number in named if number is not None), Decimal())
    if len(blank) == 1 and whole:
        if blank[0] == whole:
            made.where_not[column] = [*made.where_not.get(column, []), ""]
            made.note(f"the line without {column} is left out as a total: its {made.fields[money]} is {whole}")
        elif made.entity == "ad_spend" and name == "campaign_name":
            made.doubt(
                f"a line without {column} holds {made.fields[money]} {blank[0]}; the others' sum is {whole}",
                f"if it is a total, leave it out: `where: {{not: {{{column}: ['']}}}}`",
            )
    elif made.entity == "ad_spend" and name in ("channel", "platform"):
        lost = sum((number for number in blank if number is not None), Decimal())
        made.doubt(
            f"{len(blank)} rows have no {column} ({made.fields[money]} {lost}); they may belong to the row above",
            f"fill {column} in each row of the file",
        )


def _counted(made: Proposal, *columns: str) -> list[tuple[str | None, ...]]:
    """The rows that are not left out already."""
    conditions = list(made.where_not.items())
    names = [*columns, *(name for name, _ in conditions)]
    kept = []
    for row in made.look.cells(*names):
        others = row[len(columns) :]
        if not any((value or "") in values for value, (_, values) in zip(others, conditions, strict=True)):
            kept.append(row[: len(columns)])
    return kept


def _number(made: Proposal, value: str | None) -> Decimal | None:
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


def _is_prose(value: str) -> bool:
    """Words, or a total of something: neither an id nor a day nor a number."""
    return is_total(value) or bool(re.search(r"[^\W\d]{2,}\W+[^\W\d]{2,}|©", value))


def _by_word(made: Proposal) -> None:
    for column in made.look.columns:
        words = [value for value in column.values if is_total(value)]
        if words and len(words) < len(column.values):
            made.where_not[column.name] = words
            made.note(f"lines with {', '.join(map(repr, words))} in {column.name} are left out as totals")
            return


def _below(made: Proposal) -> None:
    """Lines at the end of which only one cell is filled: the name of the report, who made it, whose rights it is."""
    if made.look.rows > _MANY:
        return
    filled = [[number for number, value in enumerate(row) if value] for row in made.look.sample]
    if not filled or sum(len(cells) >= _FEW for cells in filled) < len(filled) / 4:
        return
    below: dict[str, list[str]] = {}
    for row, cells in zip(reversed(made.look.sample), reversed(filled), strict=True):
        if len(cells) > 1 or any(not _is_prose(str(row[number])) for number in cells):
            break
        for number in cells:
            below.setdefault(made.look.columns[number].name, []).insert(0, str(row[number]))
    for name, values in below.items():
        known = made.where_not.get(name, [])
        further = [value for value in dict.fromkeys(values) if value not in known and not is_total(value)]
        if further and name in made.fields.values():
            made.where_not[name] = [*known, *further]
            made.note(f"lines below the table are left out: {', '.join(map(repr, further))[:200]}")
