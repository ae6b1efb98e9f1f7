"""A statement of the models as Spark understands it: what means another thing there, without an error, is said out.

The models speak one SQL. Functions that have another name on Spark stand in `dbt_project/macros/engine`; what is
written alike and means something else can't be seen there, and is changed here, for every statement alike:

- nulls come last in every order (Spark: first where it ascends);
- `/` and `avg` give a double (Spark: a decimal of decimals, rounded);
- a backslash within a text is a backslash, `"x"` is a name (Spark: an escape, a text);
- quantiles are exact; `varchar` needs no length; JSON is text.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from sqlglot import exp

_TRANSLATED = ("create", "insert", "select", "with", "(")


def for_spark(statement: str, table_folder: str | None = None) -> str:
    """Return the statement as Spark has to read it; what is no query and makes no table (`describe`) stays as it is.

    Args:
        statement: one statement of the models' SQL.
        table_folder: where the files of the table lie that the statement makes; where Spark chooses if None.

    Raises:
        sqlglot.errors.ParseError: it is no SQL that the models may use.
    """
    return _translated(statement, table_folder) if _is_query(statement) else statement


def for_duckdb(query: str) -> str:
    """Return a query that Spark was told, such as that of a view, as DuckDB reads it."""
    from sqlglot import transpile

    # Databricks is Spark in ANSI mode: what can't be cast or divided is an error, not null
    return transpile(query, read="databricks", write="duckdb")[0]


def parts(statements: str) -> Iterator[str]:
    """Each of several statements that a semicolon divides; Spark takes one at a time."""
    begin = 0
    if ";" in statements:
        from sqlglot.tokens import TokenType

        for token in _dialect()().tokenize(statements):
            if token.token_type == TokenType.SEMICOLON:
                yield from _said(statements[begin : token.start])
                begin = token.end + 1
    yield from _said(statements[begin:])


def _said(part: str) -> Iterator[str]:
    if _without_comments(part):
        yield part


def _is_query(statement: str) -> bool:
    return _without_comments(statement).lower().startswith(_TRANSLATED)


def _without_comments(statement: str) -> str:
    """The statement from its first word on; dbt puts a comment before it."""
    rest = statement.lstrip()
    while rest.startswith(("/*", "--")):
        end = "*/" if rest.startswith("/*") else "\n"
        rest = rest.partition(end)[2].lstrip()
    return rest


def _translated(statement: str, table_folder: str | None) -> str:
    from sqlglot import exp, parse_one

    tree = parse_one(_without_comments(statement), read=_dialect())
    if table_folder and isinstance(tree, exp.Create) and tree.kind == "TABLE":
        said = tree.args.get("properties") or exp.Properties(expressions=[])
        said.append("expressions", exp.LocationProperty(this=exp.Literal.string(table_folder)))
        tree.set("properties", said)
    return tree.transform(_meant).sql(dialect="spark", comments=False)


@lru_cache
def _dialect() -> "type":
    """The SQL of the models: Spark's names of functions; texts, names and the order of nulls as in the standard."""
    from sqlglot.dialects.spark import Spark

    class Models(Spark):
        NULL_ORDERING = "nulls_are_last"

        class Tokenizer(Spark.Tokenizer):
            QUOTES: ClassVar = ["'"]
            STRING_ESCAPES: ClassVar = ["'"]
            IDENTIFIERS: ClassVar = ["`", '"']

    return Models


def _meant(node: "exp.Expression") -> "exp.Expression":
    """The node, where Spark would take it for something else, as it is meant."""
    from sqlglot import exp

    if isinstance(node, exp.Median):  # for this and the next one sqlglot takes an approximation
        return exp.Anonymous(this="median", expressions=[node.this])
    if isinstance(node, exp.WithinGroup) and isinstance(node.this, exp.PercentileCont):
        (ordered,) = node.expression.expressions
        return exp.Anonymous(this="percentile", expressions=[ordered.this, node.this.this])
    if isinstance(node, exp.Cast) and node.to.is_type(exp.DataType.Type.JSON):
        node.set("to", exp.DataType.build("text"))
    if isinstance(node, exp.Div | exp.Avg):
        node.set("this", exp.cast(node.this, exp.DataType.Type.DOUBLE))
    return node
