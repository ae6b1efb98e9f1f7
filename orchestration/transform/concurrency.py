"""How many models dbt builds at a time: two of middling data, whose tables are too small for DuckDB to use two cores.

DuckDB gives a core 122,880 rows at a time, so that one model of a few hundred thousand rows leaves the other core idle
for most of its time, and one that writes leaves both to who reckons. Of little data most of the time is dbt's own,
which has one core whatever it is told; of data that takes all memory allowed, two large models at a time might ask for
more than there is.
"""

import os

from orchestration.settings import Settings
from orchestration.transform.memory import fitting_memory, landed_rows

TWO_FROM, TWO_UP_TO = 300_000, 50_000_000  # landed rows; of more two at a time have not been tried


def models_at_a_time(settings: Settings) -> int:
    """One or two; two only where models that need more memory than they are given can get it (`memory.give_all`)."""
    engine, rows = settings.engine, landed_rows(settings)
    has_more = fitting_memory(settings) != engine.memory_limit
    is_middling = engine.target == "duckdb" and rows is not None and TWO_FROM <= rows <= TWO_UP_TO
    return 2 if is_middling and has_more and (engine.threads or os.cpu_count() or 1) > 1 else 1
