"""What runs the SQL, and how much of the machine it may take."""

import re
from decimal import Decimal
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from pydantic import Field, field_validator, model_validator

from orchestration.settings.strict import Strict

_MASTER = re.compile(r"local(\[(\*|[1-9]\d*)\])?|(spark|sc)://[^\s/]+")
_BUCKET = re.compile(r"(s3|gs|abfss)://[^\s/*?\[][^\s*?\[]*")
_PASSWORD = re.compile(r"://[^/@]*:[^/@]*@")
_MOST = 2**60  # bytes; DuckDB fails at what is beyond 2^64
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*([KMGT]i?B)", re.IGNORECASE)


class Engine(Strict):
    """Memory of each step (what doesn't fit is spilt to the workspace's own folder) and threads; None: all cores.

    The models are built by the embedded DuckDB, or with `target: spark` by the Spark at `master`, whose tables lie in
    `storage`: a folder that every machine of it sees (relative: within the workspace; or as a file:// URL), or the URL
    of a bucket, or of a folder in one.
    """

    memory_limit: str = "4GB"
    threads: int | None = Field(default=None, ge=1, le=1024)
    target: Literal["duckdb", "spark"] = "duckdb"
    master: str = "local[*]"
    storage: str = "lake"

    @field_validator("master")
    @classmethod
    def _known_master(cls, value: str) -> str:
        if not _MASTER.fullmatch(value):
            raise ValueError("expected local[2], local[*], spark://host:port or sc://host:port")
        return value

    @field_validator("storage")
    @classmethod
    def _folder(cls, value: str) -> str:
        url = urlsplit(value)
        if value.startswith("file://") and url.netloc in ("", "localhost"):
            value = unquote(url.path)
        if _PASSWORD.search(value):
            raise ValueError("a password stands in the URL; expected it in the environment (docs/remote.md)")
        if ("://" in value and not _BUCKET.fullmatch(value)) or not value.strip(" /"):
            raise ValueError(
                "expected a folder that this machine and every worker of Spark sees, its file:// URL, "
                "or a bucket as s3://, gs:// or abfss:// (docs/scaling.md)"
            )
        return value

    @model_validator(mode="after")
    def _of_spark(self) -> "Engine":
        given = sorted(self.model_fields_set & {"master", "storage"})
        if given and self.target != "spark":
            raise ValueError(f"{given[0]} is of Spark; expected `target: spark` beside it")
        return self

    @field_validator("memory_limit", mode="before")
    @classmethod
    def _amount(cls, value: Any) -> Any:
        found = _AMOUNT.fullmatch(str(value).strip())
        if not found or float(found[1]) == 0:
            raise ValueError("expected an amount of memory such as 4GB or 500MB")
        if Decimal(found[1]) * 1024 ** ("KMGT".index(found[2][0].upper()) + 1) > _MOST:
            raise ValueError("more than any machine has; expected an amount of memory such as 4GB or 500MB")
        return f"{found[1]}{found[2]}"

    @property
    def memory_bytes(self) -> int:
        """The limit of memory in bytes; 1 GB is 10^9, 1 GiB 2^30, as DuckDB has it."""
        found = _AMOUNT.fullmatch(self.memory_limit)
        assert found
        unit = found[2].upper()
        return int(float(found[1]) * (1024 if "I" in unit else 1000) ** ("KMGT".index(unit[0]) + 1))
