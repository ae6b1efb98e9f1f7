"""Checks of what belongs together across files: keys of several blocks, deals and their leads."""

from decimal import Decimal

from data_checks.checks import Check
from data_checks.suites import common

SHARED = "intermediate.int_shared_keys"
LINKS = "intermediate.int_links"
DEALS = "intermediate.int_deals"
# Where no file has leads, no deal can point to one.
_AMONG = "not is_deleted and not is_test and exists (select 1 from intermediate.int_leads as any_lead)"

CHECKS = (
    Check(
        name="keys_shared_between_blocks",
        table=SHARED,
        expects="Blocks of sheets that name the same source have no key in common that stands for two records",
        why="One of the two would vanish: name another `source` under `constants` of one of the blocks",
        rows="""
            select entity, source, file, other_file, count(*) as keys, min(id) as first_key
            from {batch} where not may_be_one group by all
        """,
        lists_wrong=True,
    ),
    Check(
        name="keys_repeated_between_blocks",
        table=SHARED,
        expects="Blocks of sheets that name the same source have no record in common",
        why="Of each such record the newest row counts, those before it are replaced",
        rows="""
            select entity, source, file, other_file, count(*) as keys from {batch} where may_be_one group by all
        """,
        severity="warning",
        threshold=Decimal(0),
        lists_wrong=True,
    ),
    Check(
        name="links_ambiguous",
        table=LINKS,
        expects="An id that a sheet refers to stands in one other sheet only",
        why="It stays unknown which record is meant: name the same `source` under `constants` of both blocks",
        rows="select entity, source, id from {batch} where is_ambiguous",
        severity="warning",
        threshold=Decimal(0),
    ),
    common.share(
        "deals_without_lead",
        DEALS,
        expects="Nearly all deals name the lead that they came from",
        why="Conversion and the channels of revenue know nothing of them",
        bad="lead_key is null and not lead_is_unknown",
        among=_AMONG,
        sample="deal_key, created_date, source",
        threshold="0.2",
    ),
    common.share(
        "deals_unknown_lead",
        DEALS,
        expects="The lead that a deal names exists",
        why="Conversion and the channels of revenue know nothing of them: leads are missing or have other ids",
        bad="lead_is_unknown",
        among=_AMONG,
        sample="deal_key, created_date, source",
        threshold="0.2",
    ),
)
