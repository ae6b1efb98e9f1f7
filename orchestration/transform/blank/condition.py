"""When a query gives no row, read off its text as DuckDB parses it: which tables must be empty, proved, not guessed.

A join is empty with one of its sides, a left join with its left one, a union with all its parts; a sum without groups
is never empty. What is not understood counts as never empty, so that the model is built.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import duckdb

# True: always empty; False: never for sure; a table (`schema.table`): where it is; {"any"|"all": […]}: where they are.
Condition = bool | str | dict[str, Any]
Scope = Mapping[str, Condition]


def any_of(parts: Iterable[Condition]) -> Condition:
    """Empty where one of `parts` is."""
    kept = [part for part in parts if part is not False]
    if True in kept:
        return True
    return {"any": kept} if len(kept) > 1 else kept[0] if kept else False


def all_of(parts: Iterable[Condition]) -> Condition:
    """Empty where all of `parts` are."""
    kept = [part for part in parts if part is not True]
    if False in kept:
        return False
    return {"all": kept} if len(kept) > 1 else kept[0] if kept else True


def tables_of(condition: Condition) -> set[str]:
    """The tables (`schema.table`) that the condition asks for."""
    if isinstance(condition, str):
        return {condition}
    if isinstance(condition, bool):
        return set()
    return {table for parts in condition.values() for part in parts for table in tables_of(part)}


class Reader:
    """Reads queries by the parser of one DuckDB connection."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def when_empty(self, sql: str) -> Condition:
        """When the query `sql` gives no row; False where DuckDB can't say how it is parsed."""
        return self._query(self._parsed(sql), {})

    @cached_property
    def _kinds(self) -> dict[str, tuple[set[str], set[str]]]:
        """By the name of each function that DuckDB knows: what kinds of function it is, and how a macro is defined."""
        found = self._connection.execute(
            "select function_name, list(distinct function_type), list(distinct macro_definition) "
            "from duckdb_functions() group by all"
        ).fetchall()
        return {name: (set(kinds), {said for said in macros if said}) for name, kinds, macros in found}

    def _is_scalar(self, function: str) -> bool:
        """Whether a function gives a value for each row and nothing else; any other may sum up."""
        kinds, macros = self._kinds.get(function.lower(), (set(), set()))
        if kinds and kinds <= {"scalar", "table"}:  # a table function, such as unnest, makes no row of none
            return True
        return kinds == {"macro"} and not any(self._sums(self._parsed(f"select {said}")) for said in macros)

    def _parsed(self, sql: str) -> dict[str, Any]:
        """The query as a tree; one of no known type where DuckDB can't say how it is parsed."""
        row = self._connection.execute("select json_serialize_sql(?::varchar)", [sql]).fetchone()
        parsed = json.loads(row[0]) if row else {"error": True}
        if parsed["error"] or len(parsed["statements"]) != 1:
            return {"type": "unknown", "class": "FUNCTION", "is_operator": False, "function_name": "unknown"}
        node: dict[str, Any] = parsed["statements"][0]["node"]
        return node

    def _query(self, node: dict[str, Any], scope: Scope) -> Condition:
        for named in node.get("cte_map", {}).get("map", ()):
            name = named["key"].lower()
            scope = {**scope, name: self._query(named["value"]["query"]["node"], scope)}
        if node["type"] == "SELECT_NODE":
            return self._select(node, scope)
        if node["type"] == "SET_OPERATION_NODE":
            left, right = (self._query(node[side], scope) for side in ("left", "right"))
            if node["setop_type"].startswith("UNION"):
                return all_of([left, right])
            return left if node["setop_type"] == "EXCEPT" else any_of([left, right])
        if node["type"] == "RECURSIVE_CTE_NODE":
            # a step finds nothing where it starts from nothing: itself counts as empty within the step
            name = node["cte_name"].lower()
            inner = {**scope, name: True, f"recurring.{name}": True}
            return all_of([self._query(node["left"], scope), self._query(node["right"], inner)])
        return False

    def _select(self, node: dict[str, Any], scope: Scope) -> Condition:
        if self._sums_up_all(node):
            return False
        return self._from(node["from_table"], scope)

    def _sums_up_all(self, node: dict[str, Any]) -> bool:
        """Whether there is a row whatever the tables hold: a sum without groups, or a set of groups with the total."""
        if node["group_expressions"]:
            return any(not group for group in node["group_sets"])
        if node["aggregate_handling"] == "FORCE_AGGREGATES":  # group by all: by what is no sum, if there is such
            return all(self._sums(column) for column in node["select_list"])
        return node["having"] is not None or self._sums([node["select_list"], node["qualify"], node["modifiers"]])

    def _sums(self, expression: Any) -> bool:
        """Whether an expression sums up rows, other than in a window or in a query of its own."""
        if isinstance(expression, list):
            return any(self._sums(part) for part in expression)
        if not isinstance(expression, dict) or expression.get("class") == "SUBQUERY":
            return False
        is_function = expression.get("class") == "FUNCTION" and not expression["is_operator"]
        if is_function and not self._is_scalar(expression["function_name"]):
            return True
        return any(self._sums(part) for part in expression.values())

    def _from(self, table: dict[str, Any], scope: Scope) -> Condition:
        kind = table["type"]
        if kind == "BASE_TABLE":
            name = ".".join(filter(None, (table["schema_name"], table["table_name"]))).lower()
            if not table["catalog_name"] and name in scope:
                return scope[name]
            return name if table["schema_name"] else False
        if kind == "SUBQUERY":
            return self._query(table["subquery"]["node"], scope)
        return self._join(table, scope) if kind == "JOIN" else False

    def _join(self, table: dict[str, Any], scope: Scope) -> Condition:
        left, right = (self._from(table[side], scope) for side in ("left", "right"))
        if table["ref_type"] == "POSITIONAL":
            return all_of([left, right])
        by_kind = {
            "INNER": any_of([left, right]),
            "SEMI": any_of([left, right]),
            "LEFT": left,
            "ANTI": left,
            "RIGHT": right,
            "FULL": all_of([left, right]),
        }
        return by_kind.get(table["join_type"], False)
