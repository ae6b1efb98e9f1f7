"""Run the checks of one suite as Great Expectations and turn each verdict into a `CheckResult`."""

import warnings
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from data_checks import messages
from data_checks.checks import Check, Expectation
from data_checks.lake import Lake, answered, at_fault, lies_in
from data_checks.masking import mask_row, mask_value
from data_checks.results import CheckResult

SAMPLES = 10


class Measured(NamedTuple):
    """The one figure of a check, and the limit it is held against: the check's own, or one learned from the data."""

    figure: Any
    limit: Decimal | None


def validate(
    suite: str,
    checks: Sequence[Check],
    context: Any,
    source: Any,
    delivered: Mapping[str, str],
    lake: Lake | None = None,
) -> tuple[list[CheckResult], list[Any]]:
    """Run a suite's checks, table by table.

    Args:
        suite: its name.
        checks: its checks, with the workspace's thresholds and severities.
        context: Great Expectations' context, and `source`: its data source.
        delivered: SQL to fill in (see `delivered_sql`).
        lake: where tables lie that are not in the warehouse; None where all are.

    Returns:
        The results in the order of `checks`, and Great Expectations' own results (masked) for the Data Docs.
    """
    results: dict[str, CheckResult] = {}
    validations = []
    for table, group in groupby(sorted(checks, key=lambda check: check.table), key=lambda check: check.table):
        members = []
        observed: dict[str, Measured] = {}
        expectations: list[Any] = []
        for check in group:
            try:
                observed[check.name] = _measure(check, table, source, delivered, lake)
                expectations += _expectations(check, observed[check.name], delivered, lake)
                members.append(check)
            except Exception as error:
                results[check.name] = _errored(suite, check, error)
        if not members:
            continue
        try:
            rows, validation = _validate_table(suite, table, expectations, context, source)
        except Exception as error:  # a check that can't run proves nothing: the reason is its message
            results |= {check.name: _errored(suite, check, error) for check in members}
            continue
        validations.append(validation)
        for check in members:
            outcomes = [r for r in validation.results if r.expectation_config.meta["check"] == check.name]
            results[check.name] = _result(suite, check, outcomes, observed[check.name], is_empty=rows == 0)
    return [results[check.name] for check in checks], validations


def _validate_table(suite: str, table: str, expectations: Sequence[Any], context: Any, source: Any) -> tuple[int, Any]:
    """Return the table's number of rows and Great Expectations' result, its samples masked."""
    import great_expectations as gx

    schema, name = table.split(".")
    rows = int((_row(source, f"select count(*) from {table}") or (0,))[0])
    with warnings.catch_warnings():  # one data source over all schemas, not one data source for each
        warnings.filterwarnings("ignore", "`schema_name` is deprecated", DeprecationWarning)
        asset = source.add_table_asset(name=f"{suite} {table}", schema_name=schema, table_name=name)
    # Without definitions that are stored for other runs, in a store that ends with this one.
    validation = asset.get_batch(asset.build_batch_request()).validate(
        gx.ExpectationSuite(name=f"{suite} {table}", expectations=expectations),
        result_format={"result_format": "COMPLETE", "partial_unexpected_count": SAMPLES},
    )
    for result in validation.results:
        _mask(result)
    return rows, validation


def _expectations(check: Check, observed: Measured, delivered: Mapping[str, str], lake: Lake | None) -> list[Any]:
    import great_expectations.expectations as gxe

    common: dict[str, Any] = {
        "severity": check.severity,
        "meta": {"check": check.name},
        "description": f"{check.name} [{check.severity}]: {check.expects}. {check.why}",
    }
    from data_checks.rows_at_fault import RowsAtFault

    if lake is not None and lies_in(lake, check):
        rows = rows_sql(check, observed, delivered).replace("{batch}", check.table)
        queries = [rows] if check.rows else [at_fault(expectation, check.table) for expectation in check.columns]
        answers = [answered(lake, query).replace("{", "{{").replace("}", "}}") for query in queries]
        return [RowsAtFault(unexpected_rows_query=answer, **common) for answer in answers]
    if check.rows:
        return [RowsAtFault(unexpected_rows_query=rows_sql(check, observed, delivered), **common)]
    return [_native(gxe, expectation, common) for expectation in check.columns]


def _native(gxe: Any, expectation: Expectation, common: dict[str, Any]) -> Any:
    columns = expectation.columns
    if expectation.kind == "not_null":
        return gxe.ExpectColumnValuesToNotBeNull(column=columns[0], **common)
    if expectation.kind == "between":
        limits = {"min_value": expectation.minimum, "max_value": expectation.maximum}
        return gxe.ExpectColumnValuesToBeBetween(column=columns[0], **limits, **common)
    if len(columns) == 1:
        return gxe.ExpectColumnValuesToBeUnique(column=columns[0], **common)
    return gxe.ExpectCompoundColumnsToBeUnique(column_list=list(columns), **common)


def rows_sql(check: Check, observed: Measured, delivered: Mapping[str, str]) -> str:
    """Return the check's SQL with all filled in but `{batch}`, which is left for Great Expectations."""
    figure = "null" if observed.figure is None else observed.figure
    sql = check.rows.format(**_filled(check, "{batch}", delivered), observed=figure, limit=observed.limit).strip()
    if check.unit == "rows" and check.threshold:
        return f"select * from ({sql}) as failing qualify count(*) over () > {check.threshold}"
    return sql


def _measure(check: Check, table: str, source: Any, delivered: Mapping[str, str], lake: Lake | None) -> Measured:
    if not check.measure:
        return Measured(None, check.threshold)
    query = check.measure.format(**_filled(check, table, delivered))
    figure, *learned = _row(source, answered(lake, query) if lake and lies_in(lake, check) else query) or (None,)
    if not learned or learned[0] is None:
        return Measured(figure, check.threshold)
    return Measured(figure, Decimal(str(learned[0])))


def _filled(check: Check, table: str, delivered: Mapping[str, str]) -> dict[str, Any]:
    return {"batch": table, "threshold": check.threshold, "given": str(check.given).lower(), **delivered}


def _row(source: Any, sql: str) -> Sequence[Any] | None:
    import sqlalchemy

    with source.get_execution_engine().get_connection() as connection:
        row: Sequence[Any] | None = connection.execute(sqlalchemy.text(sql)).fetchone()
    return row


def _result(suite: str, check: Check, outcomes: Sequence[Any], measured: Measured, is_empty: bool) -> CheckResult:
    causes = [cause for outcome in outcomes for cause in _causes(outcome)]
    if causes or not outcomes:
        return _errored(suite, check, causes[0] if causes else "it gave no result")
    success = all(outcome.success for outcome in outcomes)
    unexpected = sum(_unexpected_count(outcome) for outcome in outcomes)
    samples = [sample for outcome in outcomes for sample in _samples(outcome)][:SAMPLES]
    shown = _number(measured.figure) if check.measure else unexpected
    lacking = "no rows" if is_empty and not check.lists_wrong else ""
    if check.measure and measured.figure is None:
        lacking = lacking or "nothing to measure"
    if not success:
        message = messages.failed(check, shown, unexpected, measured.limit, samples)
    elif lacking:
        message = messages.nothing(check, lacking)
    else:
        message = messages.passed(check, shown, measured.limit)
    return CheckResult(
        suite, check.name, check.table, check.severity, success, shown, unexpected, measured.limit, message, samples,
        nothing_to_check=bool(success and lacking),
    )  # fmt: skip


def _number(value: Any) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _causes(outcome: Any) -> list[str]:
    """Return why an expectation could not be evaluated; empty where it could."""
    info = outcome.exception_info or {}
    entries = [info] if "raised_exception" in info else list(info.values())
    return [str(entry["exception_message"]) for entry in entries if entry.get("raised_exception")]


def _errored(suite: str, check: Check, cause: object) -> CheckResult:
    first_line = str(cause).strip().splitlines()[0] if str(cause).strip() else type(cause).__name__
    lacks_memory = isinstance(cause, MemoryError) or "Out of Memory Error" in str(cause)
    why = f"it needs more memory than engine.memory_limit allows: {first_line}" if lacks_memory else first_line
    message = f"{check.expects}: the check could not run: {why}"
    return CheckResult(
        suite, check.name, check.table, check.severity, False, None, 0, check.threshold, message,
        hindered_by="memory" if lacks_memory else "error",
    )  # fmt: skip


def _unexpected_count(outcome: Any) -> int:
    result = outcome.result
    # Over an empty table Great Expectations counts None.
    return int(result.get("unexpected_count", result.get("observed_value")) or 0)


def _samples(outcome: Any) -> list[dict[str, Any]]:
    rows = outcome.result.get("details", {}).get("unexpected_rows")
    if rows is not None:
        return [dict(row) for row in rows[:SAMPLES]]
    column = outcome.expectation_config.kwargs.get("column", "columns")
    values = outcome.result.get("partial_unexpected_list", [])[:SAMPLES]
    return [value if isinstance(value, dict) else {column: value} for value in values]


def _mask(outcome: Any) -> None:
    """Mask the failing rows where they are kept, so that neither samples nor Data Docs ever see them."""
    result, column = outcome.result, outcome.expectation_config.kwargs.get("column", "")
    details = result.get("details")
    if details and "unexpected_rows" in details:
        details["unexpected_rows"] = [mask_row(dict(row)) for row in details["unexpected_rows"][:SAMPLES]]
    for name in ("partial_unexpected_list", "unexpected_list"):
        if name in result:
            values = result[name][:SAMPLES]
            result[name] = [mask_row(v) if isinstance(v, dict) else mask_value(v, column) for v in values]
    for entry in result.get("partial_unexpected_counts", []):
        if "value" in entry:
            entry["value"] = mask_value(entry["value"], column) if not isinstance(entry["value"], tuple) else "…"
