"""amoCRM (Kommo): pages of its API v4: leads, contacts, changes of status, pipelines, users.

The token is a long-lived one of a private integration (up to five years): a refresh token is replaced on every use
and could not stay in the environment. Documentation: https://www.amocrm.ru/developers/content/crm_platform/leads-api,
.../contacts-api, .../leads_pipelines, .../events-and-notes, .../users-api, .../filters-api; .../oauth/step-by-step.
"""

from collections.abc import Iterator
from typing import Any

from orchestration.pull.api import Api, paginator
from orchestration.pull.job import Job
from orchestration.settings.credentials import credential

TOKEN = "AMOCRM_ACCESS_TOKEN"
_PAGE, _EVENTS_PAGE = 250, 100
_WITH = "contacts,loss_reason,source"


def lines(job: Job) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield pages of the tables of the source `amocrm`; pipelines and users whole, the rest what changed."""
    token, url = credential(TOKEN, "a long-lived token of a private integration of amoCRM"), job.needed("url")
    api = Api("amocrm", url, lambda: {"Authorization": f"Bearer {token}"}, TOKEN)
    since = job.changed_since
    seconds = None if since is None else int(since.timestamp())
    changed = {} if seconds is None else {"filter[updated_at][from]": seconds}
    happened = {} if seconds is None else {"filter[created_at][from]": seconds}
    for expand in (_WITH, f"{_WITH},only_deleted"):
        for page in _pages(api, "leads", {"with": expand, "limit": _PAGE, **changed}):
            yield "leads", page
    for page in _pages(api, "contacts", {"limit": _PAGE, **changed}):
        yield "contacts", page
    for page in _pages(api, "events", {"filter[type]": "lead_status_changed", "limit": _EVENTS_PAGE, **happened}):
        yield "events", page
    for page in _pages(api, "leads/pipelines", {}):
        yield "pipelines", page
    for page in _pages(api, "users", {"limit": _PAGE}):
        yield "users", page


def _pages(api: Api, path: str, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
    following = paginator("JSONLinkPaginator", next_url_path="_links.next.href")
    for page in api.pages(f"api/v4/{path}", following, params=query):
        yield {"_embedded": page["_embedded"]}
