"""Pipedrive: pages as its API gives them: deals, persons, stages of version 2, the rest of version 1.

Documentation: https://developers.pipedrive.com/docs/api/v1/Deals (updated_since, archived, products, updates about a
deal), .../Persons, .../Stages, .../Leads, .../Users; https://pipedrive.readme.io/docs/core-api-concepts-pagination.
"""

from collections.abc import Iterator
from typing import Any

from orchestration.pull.api import Api, paginator
from orchestration.pull.job import Job
from orchestration.settings.credentials import credential

TOKEN = "PIPEDRIVE_API_TOKEN"
_PAGE, _DEALS_AT_ONCE = 500, 100


def lines(job: Job) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield pages of the tables of the source `pipedrive`; updates and products only of deals that changed."""
    token, url = credential(TOKEN, "the API token of a user of Pipedrive"), job.needed("url")
    api = Api("pipedrive", url, lambda: {"x-api-token": token}, TOKEN)
    since = job.changed_since
    changed = {"updated_since": since.strftime("%Y-%m-%dT%H:%M:%SZ")} if since else {}
    deals: list[int] = []
    for path, query in (("api/v2/deals", {"status": "open,won,lost,deleted"}), ("api/v2/deals/archived", {})):
        for page in _by_cursor(api, path, {**query, **changed}):
            deals += [deal["id"] for deal in page["data"] or []]
            yield "deals", page
    for path in ("api/v1/leads", "api/v1/leads/archived"):
        for page in _by_start(api, path, changed):
            yield "leads", page
    for page in _by_cursor(api, "api/v2/persons", changed):
        yield "persons", page
    for start in range(0, len(deals), _DEALS_AT_ONCE):
        ids = ",".join(map(str, deals[start : start + _DEALS_AT_ONCE]))
        for page in _by_cursor(api, "api/v2/deals/products", {"deal_ids": ids}):
            yield "deal_products", page
    for deal in deals:
        for page in _by_start(api, f"api/v1/deals/{deal}/flow", {}):
            yield "deal_flow", page
    for page in _by_cursor(api, "api/v2/stages", {}):
        yield "stages", page
    yield "users", api.answer("api/v1/users")


def _by_cursor(api: Api, path: str, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
    following = paginator(
        "JSONResponseCursorPaginator", cursor_path="additional_data.next_cursor", cursor_param="cursor"
    )
    yield from map(_without_relatives, api.pages(path, following, params={**query, "limit": _PAGE}))


def _by_start(api: Api, path: str, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
    following = paginator(
        "JSONResponseCursorPaginator", cursor_path="additional_data.pagination.next_start", cursor_param="start"
    )
    yield from map(_without_relatives, api.pages(path, following, params={**query, "limit": _PAGE}))


def _without_relatives(page: dict[str, Any]) -> dict[str, Any]:
    """The page without copies of persons and users that other tables hold, and as a list where nothing is in it."""
    return {"data": page.get("data") or []}
