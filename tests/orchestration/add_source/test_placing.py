"""Suggestions become lines of funnelmart.yml; what people wrote stays to the letter."""

import duckdb
import pytest

from orchestration.add_source.add import write
from orchestration.add_source.placing import with_changes, write_changes
from orchestration.errors import ChangedSettingsError, SettingsError
from orchestration.settings import load_settings
from orchestration.views.suggestions.links import deals_without_leads
from orchestration.views.suggestions.suggestion import Change
from orchestration.warehouse import open_warehouse
from tests.orchestration.add_source.conftest import Company

SETTINGS = """\
company: Blue Shop   # ours
sources:
  sheets:
    - entity: leads
      files: extracts/leads.csv
      fields: {lead_id: Id, created_at: Created}   # as HubSpot says
    - {entity: deals, files: extracts/deals.csv, fields: {deal_id: N}, values: {product: {A: a}}}
    - entity: ad_spend
      files: extracts/spend.csv
stages: {New: new}
channels:
  - {when: {utm_source: google}, channel: Google}   # first
campaigns: []
"""
CHANGES = (
    Change(("stages",), entries={"Closed Won": "won"}),
    Change(("channels",), item={"when": {"utm_source": "gogle"}, "channel": "Google"}),
    Change(("campaigns",), item={"when": {"utm_campaign": "spring"}, "campaign": "Spring 2026"}),
    Change(("sources", "sheets", 0, "values", "owner"), entries={"ann": "Ann"}),
    Change(("sources", "sheets", 0, "values", "owner"), entries={"ANN": "Ann"}),
    Change(("sources", "sheets", 1, "values", "product"), entries={"B": "b"}),
    Change(("sources", "sheets", 1, "values", "owner"), entries={"b": "B"}),
)
WRITTEN = """\
company: Blue Shop   # ours
sources:
  sheets:
    - entity: leads
      files: extracts/leads.csv
      fields: {lead_id: Id, created_at: Created}   # as HubSpot says
      values: {owner: {ann: Ann, ANN: Ann}}
    - {entity: deals, files: extracts/deals.csv, fields: {deal_id: N}, values: {product: {A: a, B: b}, owner: {b: B}}}
    - entity: ad_spend
      files: extracts/spend.csv
stages: {New: new, Closed Won: won}
channels:
  - {when: {utm_source: google}, channel: Google}   # first
  - {when: {utm_source: gogle}, channel: Google}
campaigns:
  - {when: {utm_campaign: spring}, campaign: Spring 2026}
"""


@pytest.fixture
def shop(company: Company) -> Company:
    company.write("leads.csv", "Id,Created,Owner\n77,2026-03-01,ann\n78,2026-03-02,Ann\n")
    company.write("deals.csv", "N,Contact,Colour\n1,77,red\n2,78,red\n3,99,blue\n")
    company.write("spend.csv", "date,spend,channel\n2026-03-01,10,Google\n")
    (company.folder / "funnelmart.yml").write_text(SETTINGS)
    return company


def test_lines_are_added_where_they_belong(shop: Company) -> None:
    assert with_changes(load_settings(shop.folder), CHANGES).text == WRITTEN


def test_the_first_item_of_a_list_that_is_not_there(shop: Company) -> None:
    (shop.folder / "funnelmart.yml").write_text("company: Blue Shop\n")

    text = with_changes(load_settings(shop.folder), CHANGES[1:2]).text

    assert text == "company: Blue Shop\n\nchannels:\n  - {when: {utm_source: gogle}, channel: Google}\n"


def test_a_line_that_would_be_no_setting_is_refused(shop: Company) -> None:
    with pytest.raises(SettingsError, match="bought"):
        with_changes(load_settings(shop.folder), [Change(("stages",), entries={"Deal": "bought"})])


def test_lines_as_they_are_shown() -> None:
    assert [change.lines() for change in CHANGES[:4]] == [
        ["stages: {Closed Won: won}"],
        ["channels:", "  - {when: {utm_source: gogle}, channel: Google}"],
        ["campaigns:", "  - {when: {utm_campaign: spring}, campaign: Spring 2026}"],
        ["sources.sheets[0].values: {owner: {ann: Ann}}"],
    ]


def test_a_column_that_nothing_reads_and_that_holds_ids_of_leads(shop: Company) -> None:
    """Two of the three contacts of the deals are leads; the colours are none."""
    shop.land("deals", "_row")
    settings = load_settings(shop.folder)
    with open_warehouse(settings.warehouse_path) as raw, duckdb.connect() as mart:
        mart.execute("create table fct_leads as select 1 as lead_key")
        mart.execute("create table fct_deals as select 'sheets/deals.csv' as source, null as lead_key, 10 as amount")
        mart.execute("alter table fct_deals add column is_deleted boolean default false")
        mart.execute("alter table fct_deals add column is_test boolean default false")
        [only_landed] = deals_without_leads(mart, settings, raw)
        raw.execute("create schema intermediate")
        raw.execute("create table intermediate.int_leads as select '77' as lead_id union all select '78'")

        [found] = deals_without_leads(mart, settings, raw)
        [unknown] = deals_without_leads(mart, settings, None)

    assert found.change == Change(("sources", "sheets", 1, "fields"), entries={"lead_id": "Contact"})
    assert (found.rows, found.similar) == (1, ("Contact",))
    assert (unknown.change, only_landed.change) == (None, None)


@pytest.mark.parametrize("then", ["it is written", "it is worked out"])
def test_what_somebody_else_writes_meanwhile_is_not_lost(shop: Company, then: str) -> None:
    settings, path = load_settings(shop.folder), shop.folder / "funnelmart.yml"
    addition = with_changes(settings, CHANGES[:1])
    theirs = path.read_text() + "sla_minutes: 15\n"
    path.write_text(theirs)

    late = {
        "it is written": lambda: write(settings, addition),
        "it is worked out": lambda: with_changes(settings, CHANGES),
    }
    with pytest.raises(ChangedSettingsError, match=r"funnelmart\.yml: was changed by somebody else meanwhile"):
        late[then]()

    assert path.read_text() == theirs
    write_changes(load_settings(shop.folder), CHANGES[:1])
    assert path.read_text() == theirs.replace("{New: new}", "{New: new, Closed Won: won}")
