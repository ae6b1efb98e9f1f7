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
