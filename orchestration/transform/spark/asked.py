"""Questions to the Spark that has built a workspace, whose session lives in the dbt process as long as the run does."""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from orchestration.settings import Settings
from orchestration.transform.dbt import Process, serving
from orchestration.transform.spark.built import left_in_lake
from orchestration.transform.spark.storage import Storage
from orchestration.warehouse import engine_config, open_warehouse

_ANSWERS = "answers"  # in the storage, where every worker can write


@dataclass(frozen=True)
class AskedLake:
    """The tables that stayed in the lake, and who answers questions about them."""

    tables: frozenset[str]
    process: Process
    storage: Storage
    copies: ExitStack

    def answer(self, query: str) -> Path:
        """Return the folder of the answer to a query in the SQL of the models.

        Raises:
            TransformError: Spark could not answer.
        """
        folder = f"{_ANSWERS}/{uuid.uuid4().hex}"
        self.process.answer(query, self.storage.for_spark(folder))
        return self.copies.enter_context(self.storage.here(folder))


@contextmanager
def lake_of(settings: Settings) -> Iterator[AskedLake | None]:
    """Whom to ask for tables that are not in the working database; None where all are. Answers last for the block."""
    process = serving.get(settings.workspace)
    if settings.engine.target != "spark" or process is None:
        yield None
        return
    with open_warehouse(settings.warehouse_path, True, engine_config(settings, "checks")) as warehouse:
        tables = left_in_lake(warehouse)
    storage = Storage(settings.storage)
    storage.remove(_ANSWERS)
    try:
        with ExitStack() as copies:
            yield AskedLake(tables, process, storage, copies) if tables else None
    finally:
        storage.remove(_ANSWERS)
