"""A number with what it counts, in the form that the number asks for."""


def counted(count: int, one: str, many: str = "") -> str:
    """`1 row`, `2,000 rows`; `many` where it isn't the one with an s."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
