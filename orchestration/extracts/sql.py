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
