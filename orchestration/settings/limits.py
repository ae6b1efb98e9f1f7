"""How much one file may ask for before it is refused."""

from pydantic import Field

from orchestration.settings.strict import Strict


class Limits(Strict):
    """Columns of a file; what a compressed file may hold: in GB, and in times of its own size (64 MB are free)."""

    columns: int = Field(default=2000, ge=1)
    unpacked_gb: float = Field(default=20, gt=0)
    unpacked_times: int = Field(default=200, ge=1)
