"""Which currency a row is in: labels as codes, and where the amounts bear several currencies, each row's own sign."""

from dataclasses import replace

import duckdb

from orchestration.extracts.feed import Feed
from orchestration.extracts.read.table import ReadTable
from orchestration.extracts.type.changes import add_columns, distinct, put, trimmed
from orchestration.extracts.type.currencies import AMBIGUOUS, currency_code

_MONEY = ("amount", "spend")
_NOT_A_SIGN = r"[0-9.,''’()+\-\x{2212}\s\x{A0}\x{202F}\x{2009}]+"


def name_currencies(
    connection: duckdb.DuckDBPyConnection, feed: Feed, read: ReadTable, columns: dict[str, int]
) -> ReadTable:
    """Write codes into the currency column, which is added where only the signs of the amounts tell them.

    A sign decides only where the row has no value in a currency column and the amounts bear more than one.
    """
    if feed.table.column("currency") is None or "currency" in feed.constants:
        return read
    number = columns.get("currency")
    if number is not None:
        meant = feed.values.get("currency", {})
        labels = [label for label in distinct(connection, trimmed(number)) if label not in meant]
        codes = {label: code for label in labels if (code := currency_code(label)) and code != label}
        put(connection, trimmed(number), codes, f"c{number}")
    money = next((columns[name] for name in _MONEY if name in columns), None)
    signs = signs_of(connection, money) if money is not None else {}
    if len({code or sign for sign, code in signs.items()}) < 2:
        return read
    if number is None:
        number = len(read.header)
        add_columns(connection, number)
        read = replace(read, header=(*read.header, "currency"))
    named = {sign: code or sign for sign, code in signs.items()}
    put(connection, _sign(f"c{money}"), named, f"c{number}", f"{trimmed(number)} = ''")
    return read


def signs_of(connection: duckdb.DuckDBPyConnection, number: int) -> dict[str, str | None]:
    """What stands beside the amounts of a column, with the currency that it means (None: several have that sign)."""
    found = {sign: currency_code(sign) for sign in distinct(connection, _sign(f"c{number}"))}
    return {sign: code for sign, code in found.items() if code or sign.lower() in AMBIGUOUS}


def _sign(cell: str) -> str:
    return f"trim(regexp_replace(coalesce({cell}, ''), '{_NOT_A_SIGN}', ' ', 'g'))"
