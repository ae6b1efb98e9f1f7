"""What could not be read of a row: a JSON list of column, value, reason. Beyond raw only a value's shape is shown."""

_PROBLEMS = """'[{"column": "VARCHAR", "value": "VARCHAR", "reason": "VARCHAR"}]'"""


def shape_of(text: str) -> str:
    """SQL of the shape of a text, as the macro `masked` and `in_text.shape` have it: letters as x, digits as 9."""
    return rf"regexp_replace(regexp_replace({text}, '\p{{L}}', 'x', 'g'), '\p{{N}}', '9', 'g')"


def shapes(problems: str) -> str:
    """SQL of the list with the shape of each value in its place; null where there is none."""
    shown = "{'column': x['column'], 'value': " + shape_of("x['value']") + ", 'reason': x['reason']}"
    listed = f"list_transform(from_json({problems}, {_PROBLEMS}), x -> {shown})"
    return f"case when {problems} is not null then cast(to_json({listed}) as varchar) end"


def value_of(problems: str, column: str) -> str:
    """SQL of the value of one column (a literal) in the list, as it was written or its shape."""
    return f"list_filter(from_json({problems}, {_PROBLEMS}), x -> x['column'] = {column})[1]['value']"
