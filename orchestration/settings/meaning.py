"""Which keys the settings may have in a place, for whoever misspelt one."""

from typing import Any, get_args

from pydantic import BaseModel

from orchestration.settings.workspace import Settings

_ELSEWHERE = {"workspace", "sheets"}  # fields of the settings that are no keys of the file there


def known_keys(place: tuple[int | str, ...]) -> list[str]:
    """The keys known at a place of the settings, as pydantic tells it; none where any name may stand."""
    model: type[BaseModel] | None = Settings
    for part in place:
        if model is not None and part in model.model_fields:
            model = _model(model.model_fields[str(part)].annotation)
    return [name for name in model.model_fields if model is not Settings or name not in _ELSEWHERE] if model else []


def _model(annotation: Any) -> type[BaseModel] | None:
    """The part of the settings that an annotation speaks of: itself, or what its list, mapping or union holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for model in map(_model, get_args(annotation)) if model), None)
