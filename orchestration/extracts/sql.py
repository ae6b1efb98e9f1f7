"""Names and texts as SQL: every identifier and literal that comes from a file or a setting goes through here."""

from collections.abc import Iterable


def identifier(name: str) -> str:
    """`name` quoted as an identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str | None) -> str:
    """`text` quoted as a string literal, or null."""
    return "cast(null as varchar)" if text is None else "'" + text.replace("'", "''") + "'"


def literals(texts: Iterable[str]) -> str:
    """A bracketed list for `in`."""
    return "(" + ", ".join(literal(text) for text in texts) + ")"


def as_decimal(text: str, digits: int, scale: int) -> str:
    """The SQL of a number without exponent as `decimal(digits, scale)`, null where it is none or too large.

    DuckDB reads a text of up to 18 digits in a hundredth of the time that a wider number takes, and alike.
    """
    wide = f"try_cast({text} as decimal({digits}, {scale}))"
    return wide if digits <= 18 else f"coalesce(try_cast({text} as decimal(18, {scale})), {wide})"
