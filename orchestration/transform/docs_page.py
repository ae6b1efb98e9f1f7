"""The static page of the dbt docs: of the sources that are on, and of the models; of no company's own columns."""

import json
from typing import Any

_BEGINS = '{"metadata":'  # the manifest, then the catalog
_OF_SOURCES = ("sources", "parent_map", "child_map")


def of_workspace(page: str) -> str:
    """Return the page of `dbt docs generate --static` with the sources that a model reads, and no others.

    A source that is off has no models, since none of its folder is enabled; dbt lists its tables all the same. Of raw
    tables only the columns that the project describes are shown: so the page is the same for all workspaces with these
    sources, and says nothing of a company.
    """
    manifest, begin, end = _document(page, 0)
    read = {name.split(".")[2] for name, children in manifest["child_map"].items() if _is_source(name) and children}
    page = page[:begin] + json.dumps(_without(manifest, read)) + page[end:]
    catalog, begin, end = _document(page, begin + len(_BEGINS))
    return page[:begin] + json.dumps(_described(_without(catalog, read), manifest)) + page[end:]


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


def _described(catalog: dict[str, Any], manifest: dict[str, Any]) -> dict[str, Any]:
    """The catalog without columns of sources that the manifest knows nothing of."""

    def table(name: str, said: dict[str, Any]) -> dict[str, Any]:
        known = manifest["sources"].get(name, {}).get("columns", {})
        kept = {column: what for column, what in said.get("columns", {}).items() if column in known}
        return said | {"columns": kept}

    return catalog | {"sources": {name: table(name, said) for name, said in catalog.get("sources", {}).items()}}


def _is_source(name: str) -> bool:
    return name.startswith("source.")
