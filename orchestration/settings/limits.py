"""How much one file may ask for before it is refused."""

from typing import Any

import yaml
from pydantic import Field

from orchestration.settings.strict import Strict


class Limits(Strict):
    """Columns of a file, MB of one cell, depth of nested JSON, and what a compressed file may hold.

    The latter in GB, and in times of its own size (64 MB are free). `skip_rows` is the most that `formats.skip_rows`
    may say; `yaml_nodes` the keys and values of the settings' own file once its aliases are filled in.
    """

    columns: int = Field(default=2000, ge=1)
    cell_mb: float = Field(default=20, gt=0)
    nesting: int = Field(default=200, ge=1, le=500)  # the reader of JSON itself ends near 1,000
    unpacked_gb: float = Field(default=20, gt=0)
    unpacked_times: int = Field(default=200, ge=1)
    skip_rows: int = Field(default=1_000_000, ge=0)
    yaml_nodes: int = Field(default=100_000, ge=1)


def yaml_nodes(root: yaml.Node | None) -> int:
    """Return what a settings file itself says of `limits.yaml_nodes`, looked up before anything of it is built."""
    for name in ("limits", "yaml_nodes"):
        pairs: list[Any] = root.value if isinstance(root, yaml.MappingNode) else []
        root = next((value for key, value in pairs if isinstance(key, yaml.ScalarNode) and key.value == name), None)
    said = root.value.replace("_", "") if isinstance(root, yaml.ScalarNode) else ""
    return int(said) if said.isdecimal() and len(said) < 10 else Limits().yaml_nodes
