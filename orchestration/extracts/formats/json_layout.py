"""Where the records and their values stand in the answers of an API, as a source declares it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from orchestration.extracts.json_path import JsonPath


@dataclass(frozen=True)
class JsonLayout:
    """What a source declares about its JSON: where the records stand in an answer (the first place that is a list;
    without one the object is a record itself), columns picked out of nested lists, all columns (for an empty answer).
    """

    records: tuple[JsonPath, ...] = ()
    paths: Mapping[str, tuple[JsonPath, ...]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()


def answered(whole: Any, layout: JsonLayout) -> list[Any]:
    """The records of one answer of an API, or of a list of answers."""
    found: list[Any] = []
    for answer in whole if isinstance(whole, list) else [whole]:
        lists = (path.all(answer) for path in layout.records)
        records = next((values for values in lists if any(isinstance(value, list) for value in values)), None)
        found += [answer] if records is None else [record for values in records for record in values]
    return found
