"""All suggestions about what is published, the same in every face and in every order of rows."""

from contextlib import ExitStack
from decimal import Decimal

import duckdb

from orchestration.errors import FunnelmartError
from orchestration.settings import Settings
from orchestration.views.reader import rows
from orchestration.views.suggestions.campaigns import unmatched_campaigns
from orchestration.views.suggestions.channels import unmapped_channels
from orchestration.views.suggestions.links import deals_without_leads
from orchestration.views.suggestions.spellings import spellings
from orchestration.views.suggestions.stages import unmapped_stages
from orchestration.views.suggestions.suggestion import Suggestion
from orchestration.warehouse import open_warehouse

_SHARED = """
    with contacts as (
        select 'email' as kind, email_hash as contact, full_name_hash, lead_key from fct_leads
        union all
        select 'phone', phone_hash, full_name_hash, lead_key from fct_leads
    ),
    shared as (
        select kind, contact from contacts where contact is not null
        group by kind, contact having count(distinct full_name_hash) >= 3
    ),
    won as (select lead_key, sum(amount) as money from fct_deals where counts_won group by lead_key)
    select kind, count(*) as rows, coalesce(sum(won.money), 0) as money
    from contacts inner join shared using (kind, contact) left join won using (lead_key)
    group by kind order by kind
"""


def suggestions(mart: duckdb.DuckDBPyConnection, settings: Settings) -> list[Suggestion]:
    """What most money hangs on first. Where the working database can't be opened now, its columns are not looked at."""
    with ExitStack() as stack:
        try:
            raw = stack.enter_context(open_warehouse(settings.warehouse_path, read_only=True))
        except (FunnelmartError, duckdb.ConnectionException):
            raw = None  # none is there, or a run has it, this process's perhaps
        found = [
            *unmapped_stages(mart, settings),
            *unmapped_channels(mart, settings),
            *unmatched_campaigns(mart, settings),
            *spellings(mart, settings),
            *deals_without_leads(mart, settings, raw),
            *_shared_contacts(mart),
        ]
    return sorted(found, key=lambda one: one.key)


def _shared_contacts(mart: duckdb.DuckDBPyConnection) -> list[Suggestion]:
    """Addresses and telephones of three or more people: by them only leads of the same full name are one person."""
    return [
        Suggestion("contacts", row["kind"], "leads", row["rows"], Decimal(row["money"])) for row in rows(mart, _SHARED)
    ]
