"""Where the records and their values stand in the answers of an API, as a source declares it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from orchestration.extracts.read.json_path import JsonPath


@dataclass(frozen=True)
class JsonLayout:
    """What a source declares about its JSON: where the records stand in an answer (the first place that is a list;
    without one the object is a record itself), columns picked out of nested lists or out of what holds the records,
    all columns (for an empty answer).
    """

    records: tuple[JsonPath, ...] = ()
    paths: Mapping[str, tuple[JsonPath, ...]] = field(default_factory=dict)
    columns: tuple[str, ...] = ()


def answered(whole: Any, layout: JsonLayout) -> list[Any]:
    """The records of one answer of an API, or of a list of answers; each with the columns that its holder says."""
    found: list[Any] = []
    for answer in whole if isinstance(whole, list) else [whole]:
        places = (path.held(answer) for path in layout.records)
        lists = next((held for held in places if any(isinstance(values, list) for _, values in held)), None)
        if lists is None:
            found.append(answer)
        else:
            found += [_with_outer(record, holder, layout) for holder, values in lists for record in values]
    return found


def _with_outer(record: Any, holder: Any, layout: JsonLayout) -> Any:
    outer: dict[str, Any] = {}
    for name, paths in layout.paths.items():
        values = (path.first(holder) for path in paths if path.outer)
        said = next((value for value in values if value is not None), None)
        if said is not None:
            outer[name] = said
    return {**record, **outer} if outer and isinstance(record, dict) else record
