"""Great Expectations' check of rows by SQL, which asks its question once: its own asks for the rows, then counts them.

Imported where it is used, since Great Expectations takes seconds.
"""

from typing import Any, ClassVar

import sqlalchemy
from great_expectations.constants import MAX_RESULT_RECORDS
from great_expectations.expectations import UnexpectedRowsExpectation
from great_expectations.expectations.metrics.query_metric_provider import QueryMetricProvider


class RowsAtFault(UnexpectedRowsExpectation):
    """Expects no row; those that there are get counted where they are more than are fetched."""

    metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.table",)

    def _validate(
        self, metrics: dict[str, Any], runtime_configuration: dict[str, Any] | None = None, execution_engine: Any = None
    ) -> Any:
        rows = metrics["unexpected_rows_query.table"]
        count = len(rows) if len(rows) < MAX_RESULT_RECORDS else self._count(execution_engine)
        return super()._validate(
            {**metrics, "unexpected_rows_query.row_count": count}, runtime_configuration, execution_engine
        )

    def _count(self, engine: Any) -> int:
        table, _, _ = engine.get_compute_domain({}, domain_type="table")
        rows = QueryMetricProvider._get_substituted_batch_subquery_from_query_and_batch_selectable(
            query=str(self.unexpected_rows_query), batch_selectable=table, execution_engine=engine
        )
        counted = engine.execute_query(sqlalchemy.text(f"select count(*) from ({rows}) as at_fault")).fetchone()
        return int(counted[0])
