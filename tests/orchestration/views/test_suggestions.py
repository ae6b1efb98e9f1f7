"""What is suggested of a small mart: each line with its evidence, the same list whatever the order of rows."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from orchestration.settings import Settings
from orchestration.views.suggestions.found import suggestions
from orchestration.views.suggestions.suggestion import Change, Suggestion
from orchestration.views.suggestions.words import folded, likeness, meaning_of_stage, stage_words, unaccented

MART = """
    create table fct_leads as select * from (values
        ('l1', 'crm', 'New', 'Google', 'google', 'cpc', true, 'e1', 'n1'), ('l2', 'crm', 'New', 'Google', 'google', 'cpc', true, 'e1', 'n2'),
        ('l3', 'crm', 'In talks', 'unmapped', 'gogle', 'cpc', true, 'e1', 'n3'), ('l4', 'crm', 'Limbo', 'unmapped', 'flyer', null, true, 'e4', 'n4'),
        ('l5', 'crm', 'Limbo', 'unmapped', 'flyer', null, false, null, 'n5')
    ) as t (lead_key, source, stage, channel, utm_source, utm_medium, counts, email_hash, full_name_hash);
    alter table fct_leads add column phone_hash varchar;
    alter table fct_leads add column product varchar;
    alter table fct_leads add column sales_rep varchar;
    alter table fct_leads add column lead_quality varchar;
    alter table fct_leads add column disqualified_reason varchar;
    alter table fct_leads add column country varchar;
    create table fct_touches as select 'unmapped' as channel, 'gogle' as utm_source, 'cpc' as utm_medium, false as is_test;
    create table fct_ad_spend as select * from (values
        ('unmapped', null, null, 'taboola', 70, true), ('Google', 'google', 'cpc', 'google_ads', 30, true)
    ) as t (channel, utm_source, utm_medium, platform, spend, counts);
    create table fct_deals as select * from (values
        ('crm', 'l3', 100, 'Closed Won', 'unmapped_stage', true, 'GTX Pro'), ('crm', null, 40, 'Won', '', true, 'GTX Pro'),
        ('crm', 'l1', 25, 'Won', '', true, 'gtx-pro'), ('crm', 'l1', 9, 'Phase 7', 'no_date unmapped_stage', false, '(none)')
    ) as t (source, lead_key, amount, stage, flags, counts_won, product);
    alter table fct_deals add column is_deleted boolean default false;
    alter table fct_deals add column is_test boolean default false;
    alter table fct_deals add column sales_rep varchar default 'unassigned';
    alter table fct_deals add column lost_reason varchar;
    create schema _meta;
    create table _meta.unmatched_leads as select * from (values
        ('Google', 'spring_ru', 'spring_ru', 'unmatched', 3, 500), ('Google', 'Sommer', null, 'unmatched', 2, 80),
        ('Google', 'twice', 'twice', 'ambiguous', 9, 900)
    ) as t (channel, campaign, utm_campaign, reason, leads, revenue);
    create table _meta.unmatched_spend as select * from (values
        ('Google', 'spring_en', 10, 60), ('Google', 'Spring RU 2026', 20, 45), ('Meta', 'Sommer', 5, 7)
    ) as t (channel, campaign, clicks, spend);
"""  # noqa: E501


@pytest.fixture
def mart() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(MART)
        yield connection


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    deals = {"entity": "deals", "files": ["deals.csv"], "constants": {"source": "crm"}}
    return Settings.model_validate(
        {"workspace": tmp_path, "company": "Acme", "sources": {"sheets": [deals]}, "stages": {"In talk": "contacted"}}
    )


def test_each_suggestion_has_its_evidence_and_its_line(mart: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """What most money hangs on comes first; what nothing tells has no line."""

    google = Change(("channels",), item={"when": {"utm_source": "gogle", "utm_medium": "cpc"}, "channel": "Google"})
    spring = Change(("campaigns",), item={"when": {"utm_campaign": "spring_ru"}, "campaign": "Spring RU 2026"})
    won, talks = (Change(("stages",), entries=one) for one in ({"Closed Won": "won"}, {"In talks": "contacted"}))
    gtx = Change(("sources", "sheets", 0, "values", "product"), entries={"gtx-pro": "GTX Pro"})
    assert suggestions(mart, settings) == [
        Suggestion("contacts", "email", "leads", 3, Decimal(125)),
        Suggestion("channel", "gogle / cpc", "leads", 2, Decimal(100), ("google / cpc (Google)",), google),
        Suggestion("stage", "Closed Won", "deals", 1, Decimal(100), (), won),
        Suggestion("campaign", "Google: Sommer", "leads", 2, Decimal(80)),
        Suggestion("channel", "taboola", "ad_spend", 1, Decimal(70)),
        Suggestion("campaign", "Google: spring_en", "ad_spend", 0, Decimal(60)),
        Suggestion("campaign", "Google: spring_ru", "leads", 3, Decimal(45), ("Spring RU 2026",), spring),
        Suggestion("link", "crm", "deals", 1, Decimal(40)),
        Suggestion("value", "gtx-pro", "deals", 1, Decimal(25), ("GTX Pro",), gtx),
        Suggestion("stage", "Phase 7", "deals", 1, Decimal(9)),
        Suggestion("campaign", "Meta: Sommer", "ad_spend", 0, Decimal(7)),
        Suggestion("channel", "flyer", "leads", 1, Decimal(0)),
        Suggestion("stage", "In talks", "leads", 1, Decimal(0), ("in talk",), talks),
        Suggestion("stage", "Limbo", "leads", 1, Decimal(0)),
    ]  # fmt: skip


def test_what_was_written_since_is_suggested_no_more(mart: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    sheet = settings.sheets[0].model_copy(update={"values": {"product": {"gtx-pro": "GTX Pro"}}})
    rules = {
        "stages": {"Closed Won": "won", "in talks": "contacted"},
        "channels": [{"when": {"utm_source": ["GOGLE"]}, "channel": "Google"}],
        "campaigns": [{"when": {"utm_campaign": "spring_ru"}, "campaign": "Spring RU 2026"}],
        "sources": {"sheets": [sheet.model_dump()]},
    }
    written = Settings.model_validate({"workspace": settings.workspace, "company": "Acme", **rules})

    assert [one.about for one in suggestions(mart, written) if one.change] == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("GTXPro", "gtx pro", True),
        ("yandex-direct", "Yandex Direct", True),
        ("spring_ru", "Spring RU 2026", True),
        ("spring_ru", "spring_en", False),
        ("Dis_DE", "discovery_DE", False),
        ("Brand", "Generic", False),
    ],
)
def test_names_that_are_alike(one: str, other: str, alike: bool) -> None:
    assert (likeness(one, other) >= 0.72) == alike
    assert likeness(one, other) == likeness(other, one)


@pytest.mark.parametrize(
    ("stage", "meaning"),
    [
        ("Gagné", "won"),
        ("Payée", "won"),
        ("Kazanıldı", "won"),
        ("Annulé", "lost"),
        ("İptal", "lost"),  # "İ".lower() is an i and a dot of its own
        ("Qualifié", "qualified"),
        ("Négociation", "opportunity"),
        ("Negociação", "opportunity"),
        ("İletişime geçildi", "contacted"),
        ("Новый лид", "new"),
        ("100% - Won", "won"),
        ("Stage 6: Closed Won", "won"),
        ("Lost - price", "lost"),
        ("Отказ: дорого", "lost"),
        ("Won / Lost", None),
        ("Demo - completed", None),
        ("Demo - cancelled", None),
        ("Lost - reopened", None),
    ],
)
def test_stages_are_known_however_they_are_written(stage: str, meaning: str | None) -> None:
    assert meaning_of_stage(stage) == meaning


def test_what_stages_are_called_is_written_as_it_is_compared_and_once() -> None:
    words = [str(word) for words in stage_words().values() for word in words]
    assert words == [folded(unaccented(word)) for word in words]
    assert sorted(words) == sorted(set(words))
