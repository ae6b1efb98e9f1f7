"""One generated workspace for all tests of the demo, and how they read its files."""

import csv
import gzip
from pathlib import Path

import pytest

from demo.generate import generate


@pytest.fixture(scope="session")
def extracts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("demo")).extracts


def rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """The records of a delimited file, packed or not."""
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=delimiter))
