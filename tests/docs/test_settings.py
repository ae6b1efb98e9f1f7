"""Every setting stands where people look for it: in README, docs or the demo's funnelmart.yml."""

import re
from typing import Any

import pydantic

from orchestration.settings import Settings
from tests.docs.pages import PAGES, ROOT

INTERNAL = {"workspace", "where_not"}  # `where: {not: …}` is how people write the latter


def names(model: type[pydantic.BaseModel], seen: set[type]) -> set[str]:
    """Each key below a model, with what it stands in."""
    seen.add(model)
    found = set()
    for name, field in model.model_fields.items():
        found.add(field.alias or name)
        for below in models(field.annotation):
            if below not in seen:
                found |= names(below, seen)
    return found


def models(annotation: Any) -> list[type[pydantic.BaseModel]]:
    """The models in a type such as `list[Sheet] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, pydantic.BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in models(part)]


def test_every_setting_is_told() -> None:
    told = "".join(page.read_text(encoding="utf-8") for page in [*PAGES, ROOT / "demo" / "funnelmart.yml"])
    keys = names(Settings, set()) - INTERNAL
    weekdays = {"tuesday", "wednesday", "thursday", "sunday"}  # as `monday`, `friday` and `saturday`

    assert {"reporting", "null_values", "holidays", "memory_limit"} <= keys
    assert sorted(key for key in keys - weekdays if not re.search(rf"\b{key}\b", told)) == []
