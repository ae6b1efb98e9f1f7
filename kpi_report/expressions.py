"""What a KPI is divided from, as the page can reckon it: the catalogue's SQL over measures as nested lists."""

import json
from typing import Any

import duckdb

# kinds that are sums of days, or ratios of such sums
ADDITIVE = ("sum", "ratio")
OPERATIONS = ("+", "-", "=", "<>", "coalesce", "and", "case")
COMPARISONS = {"COMPARE_EQUAL": "=", "COMPARE_NOTEQUAL": "<>"}


def reckoned(kpis: dict[str, Any]) -> dict[str, Any]:
    """Return for each additive KPI of the table `kpis` its numerator and denominator as trees; a sum has no second one.

    A tree is the name of a measure, a number, null, or `[operation, …]`; null spreads as in SQL.

    Raises:
        ValueError: the catalogue uses SQL that the page can't reckon.
    """
    rows = [dict(zip(kpis["columns"], row, strict=True)) for row in kpis["rows"]]
    additive = [row for row in rows if row["kind"] in ADDITIVE]
    expressions = [row[side] for row in additive for side in ("numerator", "denominator") if row[side] is not None]
    trees = dict(zip(expressions, _trees(expressions), strict=True)) | {None: None}
    return {row["kpi"]: [trees[row["numerator"]], trees[row["denominator"]]] for row in additive}


def measures_of(tree: Any) -> set[str]:
    """The measures that trees stand on; in each list of a tree the first text may be the operation."""
    match tree:
        case dict():
            return set().union(*map(measures_of, tree.values()))
        case [str() as operation, *parts] if operation in OPERATIONS:
            return measures_of(parts)
        case list():
            return set().union(*map(measures_of, tree))
        case str():
            return {tree}
    return set()


def _trees(expressions: list[str]) -> list[Any]:
    """All at once: to begin a statement takes longer than to parse one."""
    statements = ", ".join("'select " + expression.replace("'", "''") + "'" for expression in expressions)
    with duckdb.connect(config={"temp_directory": ""}) as connection:
        texts = connection.execute(f"select json_serialize_sql(unnest([{statements}]::varchar[]))").fetchall()
    return [_node(json.loads(text)["statements"][0]["node"]["select_list"][0]) for (text,) in texts]


def _node(node: dict[str, Any]) -> Any:
    match node:
        case {"type": "COLUMN_REF", "column_names": [measure]}:
            return measure
        case {"type": "VALUE_CONSTANT", "value": {"is_null": True}}:
            return None
        case {"type": "VALUE_CONSTANT", "value": {"value": int() as number}}:
            return number
        case {"type": "FUNCTION", "function_name": "+" | "-" as operation, "children": [left, right]}:
            return [operation, _node(left), _node(right)]
        case {"type": "OPERATOR_COALESCE", "children": children}:
            return ["coalesce", *map(_node, children)]
        case {"type": "CONJUNCTION_AND", "children": children}:
            return ["and", *map(_node, children)]
        case {"type": kind, "left": left, "right": right} if kind in COMPARISONS:
            return [COMPARISONS[kind], _node(left), _node(right)]
        case {"type": "CASE_EXPR", "case_checks": [{"when_expr": when, "then_expr": then}], "else_expr": other}:
            return ["case", _node(when), _node(then), _node(other)]
    raise ValueError(f"the report can't reckon {node['type']} of the KPI catalogue for a range of days")
