"""What runs the SQL, and how much of the machine it may take."""

import re
from typing import Any, Literal

from pydantic import Field, field_validator

from orchestration.settings.strict import Strict

_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]i?B)", re.IGNORECASE)


class Engine(Strict):
    """Memory of each step (what doesn't fit is spilt to the workspace's own folder) and threads; None: all cores."""

    memory_limit: str = "4GB"
    threads: int | None = Field(default=None, ge=1, le=1024)
    target: Literal["duckdb"] = "duckdb"

    @field_validator("memory_limit", mode="before")
    @classmethod
    def _amount(cls, value: Any) -> Any:
        found = _AMOUNT.fullmatch(str(value).strip())
        if not found or float(found[1]) == 0:
            raise ValueError("expected an amount of memory such as 4GB or 500MB")
        return f"{found[1]}{found[2]}"

    @property
    def memory_bytes(self) -> int:
        """The limit of memory in bytes; 1 GB is 10^9, 1 GiB 2^30, as DuckDB has it."""
        found = _AMOUNT.fullmatch(self.memory_limit)
        assert found
        unit = found[2].upper()
        return int(float(found[1]) * (1024 if "I" in unit else 1000) ** ("KMGT".index(unit[0]) + 1))
