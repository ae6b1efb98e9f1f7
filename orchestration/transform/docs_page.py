"""The static page of the dbt docs, without what is no part of this workspace: sources that are off."""

import json
from typing import Any

_BEGINS = '{"metadata":'  # the manifest, then the catalog
_OF_SOURCES = ("sources", "parent_map", "child_map")


def of_workspace(page: str) -> str:
    """Return the page of `dbt docs generate --static` with the sources that a model reads, and no others.

    A source that is off has no models, since none of its folder is enabled; dbt lists its tables all the same.
    """
    manifest, begin, end = _document(page, 0)
    read = {name.split(".")[2] for name, children in manifest["child_map"].items() if _is_source(name) and children}
    page = page[:begin] + json.dumps(_without(manifest, read)) + page[end:]
    catalog, begin, end = _document(page, begin + len(_BEGINS))
    return page[:begin] + json.dumps(_without(catalog, read)) + page[end:]


def _document(page: str, after: int) -> tuple[dict[str, Any], int, int]:
    begin = page.index(_BEGINS, after)
    document, length = json.JSONDecoder().raw_decode(page[begin:])
    return document, begin, begin + length


def _without(document: dict[str, Any], kept: set[str]) -> dict[str, Any]:
    """The document without tables of other sources."""
    return document | {
        part: {
            name: value for name, value in document[part].items() if not _is_source(name) or name.split(".")[2] in kept
        }
        for part in _OF_SOURCES
        if part in document
    }


def _is_source(name: str) -> bool:
    return name.startswith("source.")
