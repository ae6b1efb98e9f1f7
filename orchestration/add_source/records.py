"""Doubts about which row is which record: ids that stand more than once, ids that are broken, people as ids."""

import re
from collections.abc import Mapping, Sequence

from orchestration.add_source.evidence import Column
from orchestration.add_source.identity import line_rows, repeated
from orchestration.add_source.proposal import Proposal
from orchestration.extracts.read.header import position
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.type.in_text import is_several_words, masked

_KEYED = ("leads", "deals", "touches", "refunds", "targets")
_TIMES = ("updated_at", "closed_at", "refunded_at", "touched_at", "created_at", "qualified_at")


def settle_records(made: Proposal, table: TableSpec) -> None:
    """The key of the rows, and what is doubted about it."""
    missing = [name for name in table.key if name.endswith("_id") and name not in made.fields]
    if missing and made.entity in _KEYED:
        made.key = "row"
        made.note(f"no column is an id: each row is its own record, and nothing can refer to its {missing[0]}")
    if len(table.key) == 1 and table.key[0] in made.fields:
        _repeats(made, table.key[0])
    _broken(made, table)
    for name in ("customer_id", "person_id"):
        if name in made.fields and made.entity in ("leads", "deals", "touches", "customers"):
            _people(made, name)


def _repeats(made: Proposal, key: str) -> None:
    theirs = made.fields[key]
    rows = repeated(made.look, made.fields, key)
    if not rows:
        return
    if made.entity == "deals" and (money := line_rows(made.look, made.fields, key)):
        made.leave_out(money, [""])
        made.note(
            f"rows without {money} are further lines of an order ({theirs} stands there again): they are no deals"
        )
        made.fields = {name: column for name, column in made.fields.items() if name not in ("units", "product")}
        made.refused += ["units", "product"]
        return
    names = [name for name in made.fields if name != key]
    differ = {identity: _differing(names, found) for identity, found in rows.items()}
    differ = {identity: columns for identity, columns in differ.items() if columns}
    example = next(iter(differ or rows))
    if not differ:
        _several_of_one(made, theirs)
        made.note(f"{theirs} stands there more than once ({example!r}) with the same values: one record each")
        return
    newest = next((made.fields[name] for name in _TIMES if name in made.fields), None)
    by = f"the newest by {newest}" if newest else "the last line"
    text = (
        f"{theirs} stands there more than once ({len(rows)} ids, such as {example!r}): of rows with one id {by} counts"
    )
    figures = {column for columns in differ.values() for column in columns}
    if "amount" in figures:
        text += f", the others' {made.fields['amount']} does not ({_amounts(made, names, rows[example])})"
    if "amount" in figures and any("-" in str(value) or "(" in str(value) for value in _all(names, rows)):
        del made.fields[key]
        made.refused.append(key)
        made.key = "row"
        made.doubt(
            f"{theirs} stands more than once with amounts of both signs, such as {example!r} "
            f"({_amounts(made, names, rows[example])}): each row is taken for a record of its own, so that all count",
            f"if the rows are versions of one record, name {theirs!r} as {key} and a column as updated_at",
        )
        return
    if "updated_at" in made.fields:
        made.note(text)
        return
    if figures & {"amount", "closed_at", "created_at", "stage", "status", "email", "full_name"}:
        made.doubt(text, "take another column as id, or `key: row` and no id where each row is a record of its own")
    else:
        made.note(text)


def _several_of_one(made: Proposal, key: str) -> None:
    """Several rows for one person, product or customer, each with a month or day and money: these are no attributes."""
    if made.entity not in ("sales_reps", "customers", "products"):
        return
    free = [column for column in made.look.columns if column.name not in made.fields.values() and column.filled]
    dated = [column for column in free if max(column.share("month"), column.periods) > 0.9]
    money = [column for column in free if column not in dated and column.share("decimal") > 0.9]
    if dated and money:
        made.doubt(
            f"{key} stands in several rows, each with another {dated[0].name} and {money[0].name}: they are no list of "
            f"{made.entity}, and no {money[0].name} is read",
            "if these are costs, add a column that says what they are for, such as Type, and take "
            "`--entity marketing_costs`",
        )


def _all(names: Sequence[str], rows: Mapping[str, Sequence[tuple[str | None, ...]]]) -> list[str | None]:
    number = names.index("amount")
    return [row[number] for found in rows.values() for row in found]


def _differing(names: Sequence[str], rows: Sequence[tuple[str | None, ...]]) -> list[str]:
    return [name for number, name in enumerate(names) if len({row[number] for row in rows}) > 1]


def _amounts(made: Proposal, names: Sequence[str], rows: Sequence[tuple[str | None, ...]]) -> str:
    number = names.index("amount")
    return ", ".join(str(row[number]) for row in rows[:4])


def _broken(made: Proposal, table: TableSpec) -> None:
    """Ids that a spreadsheet broke are none: the name takes their place."""
    for column in made.look.columns:
        if column.is_damaged and column.name not in made.fields.values() and _is_called_id(column):
            made.refused += [spec.name for spec in table.columns if position([column.name], spec.name) is not None]
            fallback = next((made.fields[name] for name in ("campaign_name", "full_name") if name in made.fields), None)
            made.note(
                f"{column.name} is not used: a spreadsheet broke its long numbers ({column.damaged!r})"
                + (f"; {fallback} takes its place" if fallback and "campaign" in column.name.lower() else "")
            )
    if made.look.kind == "workbook":
        _numbers_in_cells(made, table)
    if made.entity == "ad_spend" and {"campaign_id", "campaign_name"} <= set(made.fields):
        _names_of_ids(made, "campaign_id", "campaign_name")


def _numbers_in_cells(made: Proposal, table: TableSpec) -> None:
    """A workbook keeps 15 digits of a number: longer ids that are numbers there are no longer what they were."""
    for name in [name for name in made.fields if name.endswith("_id") and name not in table.key]:
        values = made.look.column(made.fields[name]).some
        if values and all(re.fullmatch(r"\d{16,}", value) and int(float(value)) == int(value) for value in values):
            made.note(f"{made.fields[name]} is not used: the workbook holds it as a number, whose last digits are lost")
            del made.fields[name]
            made.refused.append(name)


def _is_called_id(column: Column) -> bool:
    return bool(re.search(r"(?i)\bid\b|_id|phone|tel|номер|телефон", column.name))


def _names_of_ids(made: Proposal, identity: str, name: str) -> None:
    """Several names under each of a few ids: broken ids too, or names that were changed."""
    named: dict[str, set[str]] = {}
    for one, label in made.look.cells(made.fields[identity], made.fields[name]):
        if one and label:
            named.setdefault(one, set()).add(label)
    several = {one: names for one, names in named.items() if len(names) > 1}
    if several and len(several) == len(named) and max(map(len, named.values())) > 1 and len(named) <= 2:
        one = next(iter(several))
        made.note(
            f"{made.fields[identity]} is not used: {one!r} has several names ({', '.join(sorted(several[one])[:3])}); "
            f"{made.fields[name]} takes its place"
        )
        del made.fields[identity]
        made.refused.append(identity)


def _people(made: Proposal, name: str) -> None:
    """Who stands as an id: an address or telephone, or somebody's name."""
    column = made.look.column(made.fields[name])
    if column.emails or any(masked(value) != value for value in column.some):
        made.note(f"{column.name} holds e-mail addresses or telephone numbers: they leave raw only as keyed hashes")
    elif made.customers_told:
        return
    elif column.some and sum(is_several_words(value) for value in column.some) > len(column.some) / 2:
        made.doubt(
            f"{column.name} holds names, of people or of companies: those of several words leave raw only as hashes",
            "if they are companies, which may be shown, write `customers: {id: company}` in funnelmart.yml; if people, "
            "`customers: {id: person}` hides those of one word too",
            matters=False,
        )
