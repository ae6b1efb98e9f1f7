"""HubSpot: contacts, deals, their stages, history and links, as the tables that a connector lands.

Changed records are found by search (sorted by id, since a search gives 10,000 results at most) and read in batches with
their history; deleted ones are listed as archived. Association type 5 is the primary company of a deal.
Documentation: https://developers.hubspot.com/docs/api-reference/search/guide,
https://developers.hubspot.com/docs/api-reference/crm-objects-v3/guide (batch/read, propertiesWithHistory, archived),
https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide, .../crm-pipelines-v3/guide,
.../crm-crm-owners-v3/guide.
"""

from collections.abc import Iterator
from typing import Any

from orchestration.extracts.sources import load_sources
from orchestration.pull.api import Api, paginator
from orchestration.pull.job import Job
from orchestration.settings.credentials import credential

Line = tuple[str, dict[str, Any]]
TOKEN = "HUBSPOT_ACCESS_TOKEN"
_BATCH, _PAGE = 50, 100  # 50: the most that HubSpot reads at once with history
_PREFIX = "property_"
_MERGED = "hs_merged_object_ids"
_OF_DEALS = ("dealstage", "pipeline", "hubspot_owner_id", _MERGED)


def lines(job: Job) -> Iterator[Line]:
    """Yield rows of the tables of the source `hubspot`; owners last, since there always are some."""
    token = credential(TOKEN, "the access token of a private app of HubSpot")
    api = Api(
        "hubspot",
        job.pull.url or "https://api.hubapi.com",
        lambda: {"Authorization": f"Bearer {token}"},
        f"{TOKEN} (or a scope of its app)",
    )
    synced = {"_fivetran_synced": job.now.isoformat()}
    for table, row in _rows(api, job):
        yield table, {**row, **synced}


def _rows(api: Api, job: Job) -> Iterator[Line]:
    wanted = _wanted(job)
    for ids in _changed(api, job, "contacts", "lastmodifieddate"):
        for record in _read(api, "contacts", ids, wanted["contact"], "lifecyclestage"):
            yield "contact", {"id": record["id"], **_properties(record), "_fivetran_deleted": False}
            yield from _history(record, "lifecyclestage", "contact_property_history", "contact_id")
    yield from _deleted(api, job, "contacts", "contact", "id", wanted["contact"])
    for ids in _changed(api, job, "deals", "hs_lastmodifieddate"):
        for record in _read(api, "deals", ids, wanted["deal"], "dealstage"):
            yield "deal", {**_deal(record), "is_deleted": False}
            yield from _history(record, "dealstage", "deal_property_history", "deal_id")
            for merged in filter(None, (record["properties"].get(_MERGED) or "").split(";")):
                yield "merged_deal", {"deal_id": record["id"], "merged_deal_id": merged}
        yield from _links(api, ids, "contacts", "deal_contact", "contact_id")
        yield from _links(api, ids, "companies", "deal_company", "company_id")
    yield from _deleted(api, job, "deals", "deal", "deal_id", wanted["deal"])
    for pipeline in api.answer("crm/v3/pipelines/deals")["results"]:
        for stage in pipeline["stages"]:
            yield "deal_pipeline_stage", _stage(pipeline["id"], stage)
    for page in api.pages("crm/v3/owners", _after(), params={"limit": _PAGE}):
        for owner in page["results"]:
            names = {"first_name": owner.get("firstName"), "last_name": owner.get("lastName")}
            yield "owner", {"owner_id": owner["id"], **names, "email": owner.get("email")}


def _wanted(job: Job) -> dict[str, list[str]]:
    """Properties to ask for by table: those of the source's columns, and those that the workspace names for them."""
    tables, own = load_sources()[job.source].tables, job.settings.sources[job.source].fields.values()
    named = {table: [column.name for column in tables[table].columns] for table in ("contact", "deal")}
    properties = {
        table: {name.removeprefix(_PREFIX) for name in (*names, *own) if name.startswith(_PREFIX)}
        for table, names in named.items()
    }
    return {"contact": sorted(properties["contact"]), "deal": sorted(properties["deal"].union(_OF_DEALS))}


def _changed(api: Api, job: Job, kind: str, modified: str) -> Iterator[list[str]]:
    """Yield the ids of what changed, a batch at a time."""
    since, found = job.changed_since, ["0"]
    while found:
        filters = [{"propertyName": "hs_object_id", "operator": "GT", "value": found[-1]}]
        if since is not None:
            milliseconds = str(int(since.timestamp() * 1000))
            filters.append({"propertyName": modified, "operator": "GTE", "value": milliseconds})
        query = {
            "filterGroups": [{"filters": filters}],
            "sorts": [{"propertyName": "hs_object_id", "direction": "ASCENDING"}],
            "properties": ["hs_object_id"],
            "limit": _PAGE,
        }
        found = [record["id"] for record in api.answer(f"crm/v3/objects/{kind}/search", "POST", json=query)["results"]]
        yield from (found[start : start + _BATCH] for start in range(0, len(found), _BATCH))


def _read(api: Api, kind: str, ids: list[str], properties: list[str], history: str) -> list[dict[str, Any]]:
    query = {"inputs": [{"id": i} for i in ids], "properties": properties, "propertiesWithHistory": [history]}
    return list(api.answer(f"crm/v3/objects/{kind}/batch/read", "POST", json=query)["results"])


def _properties(record: dict[str, Any]) -> dict[str, Any]:
    return {f"{_PREFIX}{name}": value for name, value in record["properties"].items()}


def _deal(record: dict[str, Any]) -> dict[str, Any]:
    properties = record["properties"]
    return {
        "deal_id": record["id"],
        "owner_id": properties.get("hubspot_owner_id"),
        "deal_pipeline_id": properties.get("pipeline"),
        "deal_pipeline_stage_id": properties.get("dealstage"),
        **_properties(record),
    }


def _history(record: dict[str, Any], name: str, table: str, key: str) -> Iterator[Line]:
    for change in record.get("propertiesWithHistory", {}).get(name, []):
        value = {"name": name, "value": change["value"], "timestamp": change["timestamp"]}
        yield table, {key: record["id"], **value}


def _deleted(api: Api, job: Job, kind: str, table: str, key: str, wanted: list[str]) -> Iterator[Line]:
    """What was deleted (HubSpot keeps it for 90 days): marked as such, so that it leaves the figures."""
    since = job.changed_since
    query = {"archived": "true", "limit": _PAGE, "properties": ",".join(wanted)}
    for page in api.pages(f"crm/v3/objects/{kind}", _after(), params=query):
        for record in page["results"]:
            if since is None or record["archivedAt"] >= since.strftime("%Y-%m-%dT%H:%M:%S"):
                row = _deal(record) if table == "deal" else {"id": record["id"], **_properties(record)}
                yield table, {**row, key: record["id"], "is_deleted" if table == "deal" else "_fivetran_deleted": True}


def _links(api: Api, ids: list[str], kind: str, table: str, column: str) -> Iterator[Line]:
    query = {"inputs": [{"id": i} for i in ids]}
    for result in api.answer(f"crm/v4/associations/deals/{kind}/batch/read", "POST", json=query)["results"]:
        for target in result["to"]:
            link = {"deal_id": result["from"]["id"], column: str(target["toObjectId"])}
            if table == "deal_contact":
                yield table, link
            else:
                for kind_of_link in target["associationTypes"]:
                    yield table, {**link, "type_id": str(kind_of_link["typeId"])}


def _stage(pipeline: str, stage: dict[str, Any]) -> dict[str, Any]:
    meaning = stage.get("metadata", {})
    is_closed = str(meaning.get("isClosed", "false")).lower() == "true"
    return {
        "stage_id": stage["id"],
        "pipeline_id": pipeline,
        "label": stage["label"],
        "probability": meaning.get("probability"),
        "is_closed": is_closed,
        "closed_won": is_closed and float(meaning.get("probability") or 0) == 1,
    }


def _after() -> Any:
    return paginator("JSONResponseCursorPaginator", cursor_path="paging.next.after", cursor_param="after")
