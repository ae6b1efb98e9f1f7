"""Which currency a row is in: labels as codes, and where the amounts bear several currencies, each row's own sign."""

import unicodedata
from dataclasses import replace

import duckdb

from orchestration.counted import counted
from orchestration.extracts.feed import Feed
from orchestration.extracts.read.table import READ_TABLE, ReadTable
from orchestration.extracts.sql import literal, literals
from orchestration.extracts.type.changes import add_columns, distinct, put, trimmed
from orchestration.extracts.type.currencies import AMBIGUOUS, currency_code, may_mean

_MONEY = ("amount", "spend", "revenue")
_NOT_A_SIGN = r"[0-9.,''’()+\-\x{2212}\s\x{A0}\x{202F}\x{2009}]+"


def name_currencies(
    connection: duckdb.DuckDBPyConnection, feed: Feed, read: ReadTable, columns: dict[str, int]
) -> ReadTable:
    """Write codes into the currency column, which is added where only the signs of the amounts tell them.

    A sign decides only where the row has no value in a currency column and the amounts bear more than one. A single one
    that is not the currency that the rows are said to be in is a doubt.
    """
    if feed.table.column("currency") is None:
        return read
    number = columns.get("currency")
    if number is not None:
        meant = feed.values.get("currency", {})
        labels = [label for label in distinct(connection, trimmed(number)) if label not in meant]
        codes = {label: code for label in labels if (code := currency_code(label)) and code != label}
        put(connection, trimmed(number), codes, f"c{number}")
    money = next((columns[name] for name in _MONEY if name in columns), None)
    if money is None:
        return read
    signs, shown = signs_of(connection, money), dict(read.currencies).get(money)
    if shown and signs:  # its numbers are in the currency of their format, beside amounts that are text
        cell = trimmed(money)
        update = f"update {READ_TABLE} set c{money} = {literal(shown + ' ')} || {cell}"
        connection.execute(f"{update} where {_sign(f'c{money}')} = '' and {cell} <> ''")
        signs = signs_of(connection, money)
    sign, bear = _sign(f"c{money}"), f"{_sign(f'c{money}')} in {literals(sorted(signs))}" if signs else "false"
    if shown and not signs:
        sign, bear = literal(shown), f"regexp_matches({trimmed(money)}, '[0-9]')"
    elif not signs:
        return read
    if len({code or sign for sign, code in signs.items()}) < 2:
        return replace(read, currency_doubt=_doubt(connection, feed, read.header[money], number, sign, bear))
    if "currency" in feed.constants:
        return read
    if number is None:
        number = len(read.header)
        add_columns(connection, number)
        read = replace(read, header=(*read.header, "currency"))
    named = {sign: code or sign for sign, code in signs.items()}
    put(connection, _sign(f"c{money}"), named, f"c{number}", f"{trimmed(number)} = ''")
    return read


def _doubt(
    connection: duckdb.DuckDBPyConnection, feed: Feed, header: str, number: int | None, sign: str, bear: str
) -> str | None:
    """Amounts that bear one currency while their rows are said to be in another: the sign changes nothing.

    `sign` is the SQL of it, `bear` that of whether a row bears it.
    """
    given = feed.constants.get("currency") or feed.defaults.get("currency") or feed.currency or feed.reporting
    beside = f"coalesce(nullif({trimmed(number)}, ''), {literal(given)})" if number is not None else literal(given)
    meant = feed.values.get("currency", {})
    rows = connection.execute(
        f"select {sign}, {beside}, count(*) from {READ_TABLE} where {bear} group by all order by 3 desc, 1, 2"
    ).fetchall()
    for borne, code, count in rows:
        code = meant.get(code, code).upper()
        if code and not may_mean(borne, code):
            return f"amounts in {header.strip()!r} bear {borne} and count as {code} ({counted(count, 'row')})"
    return None


def signs_of(connection: duckdb.DuckDBPyConnection, number: int) -> dict[str, str | None]:
    """What stands beside the amounts of a column, with the currency that it means (None: of several, or unknown)."""
    found = {sign: currency_code(sign) for sign in distinct(connection, _sign(f"c{number}"))}
    return {sign: code for sign, code in found.items() if code or sign.lower() in AMBIGUOUS or _is_sign(sign)}


def _is_sign(text: str) -> bool:
    """Whether it is a currency's sign, alone or after letters as in `Bs$`, known or not: landing reads such amounts."""
    return len(text) <= 4 and text[:-1].isalpha() == (len(text) > 1) and unicodedata.category(text[-1]) == "Sc"


def _sign(cell: str) -> str:
    return f"trim(regexp_replace(coalesce({cell}, ''), '{_NOT_A_SIGN}', ' ', 'g'))"
