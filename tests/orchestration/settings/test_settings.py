"""funnelmart.yml: every value as it is written, every mistake one clear error."""

import datetime as dt
import stat
from decimal import Decimal
from pathlib import Path

import pytest

from orchestration.errors import SettingsError
from orchestration.settings import Engine, Settings, load_settings, mistake, person_key, workspace_path

CONTRACT_EXAMPLE = """
company: Acme
reporting: {currency: EUR, timezone: Europe/Berlin, locale: en, week_start: monday, today: null}
sources:
  google_ads: {path: extracts/google_ads, timezone: America/New_York, currency: USD}
  hubspot:    {path: extracts/hubspot, fields: {deals.amount: property_contract_value}}
  sheets:
    - entity: deals
      files: extracts/deals_*.csv
      formats: {delimiter: ";", quote: '"', encoding: utf-8, sheet: null, skip_rows: 0, date: "%d.%m.%Y",
                timestamp: "%d.%m.%Y %H:%M", decimal: ",", thousands: ".", null_values: ["", "-", "#REF!"]}
      fields: {deal_id: Id, amount: Offer Total Amount, stage: Stage, lead_id: Id}
      constants: {currency: EUR, source: zoho}
      defaults: {units: 1}
      values: {product: {GTXPro: GTX Pro}}
      where: {Stage: [Payment Done, Lost]}
      key: [deal_id]
      replace_by: file
stages: {Payment Done: won, Lost: lost}
channels:
  - {when: {utm_source: [yandex, yandex-direct], utm_medium: cpc}, channel: Yandex Direct, paid: true}
qualified_when: {lead_quality: ["A - High", "B - Medium", "C - Low"]}
duplicate_when: {disqualified_reason: [Duplicate]}
test_when: {channel: [Test]}
leads: {deduplicate_days: 90, phone_region: DE}
sla_minutes: 60
attribution: {lookback_days: 90, default_model: last_touch, half_life_days: 7}
economics: {gross_margin: 1.0}
engine: {memory_limit: 4GB, threads: null, target: duckdb}
publish: {keep: 5}
"""


def load(tmp_path: Path, text: str) -> Settings:
    (tmp_path / "funnelmart.yml").write_text(text, encoding="utf-8")
    return load_settings(tmp_path)


def sheet(tmp_path: Path, text: str) -> Settings:
    return load(tmp_path, f"company: Acme\nsources: {{sheets: [{{entity: deals, files: x.csv, {text}}}]}}")


def test_the_example_of_the_contract(tmp_path: Path) -> None:
    settings = load(tmp_path, CONTRACT_EXAMPLE)
    assert settings.reporting.today is None
    assert settings.sources["hubspot"].fields == {"deals.amount": "property_contract_value"}
    (deals,) = settings.sheets
    assert (deals.files, deals.key, deals.formats.sheet) == (["extracts/deals_*.csv"], ["deal_id"], None)
    assert deals.where == {"Stage": ["Payment Done", "Lost"]}
    assert settings.channels[0].when == {"utm_source": ["yandex", "yandex-direct"], "utm_medium": ["cpc"]}
    assert settings.channels[0].paid is True
    assert settings.attribution.half_life_days == Decimal(7)


def test_defaults(tmp_path: Path) -> None:
    settings = load(tmp_path, "company: Acme")
    assert (settings.leads.deduplicate_days, settings.leads.phone_region) == (90, None)
    assert (settings.sla_minutes, settings.attribution.lookback_days, settings.publish.keep) == (60, 90, 5)
    assert settings.attribution.default_model == "last_touch"


def test_values_are_read_as_they_are_written(tmp_path: Path) -> None:
    """Plain YAML would make them true, 7, a date, 1603 seconds and 1.5."""
    settings = sheet(tmp_path, "values: {product: {yes: No, 007: Bond, 2024-01-01: x, 0:26:43: y, 1.50: z}}")
    assert settings.sheets[0].values["product"] == {
        "yes": "No", "007": "Bond", "2024-01-01": "x", "0:26:43": "y", "1.50": "z",
    }  # fmt: skip


def test_where_not_and_empty_values(tmp_path: Path) -> None:
    (deals,) = sheet(tmp_path, "where: {Stage: [Won, null], not: {Active: no}}").sheets
    assert (deals.where, deals.where_not) == ({"Stage": ["Won", ""]}, {"Active": ["no"]})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("company: A\ncompany: B", "'company' is given twice"),
        ("company: A\nsaless: 1", "saless: unknown key"),
        ("company: A\nreporting: {timezone: Mars/Olympus}", "reporting.timezone: unknown time zone 'Mars/Olympus'"),
        ("company: A\nreporting: {currency: euros}", "expected an ISO 4217 code such as EUR"),
        ("company: A\nreporting: {today: soon}", "reporting.today"),
        ("company: A\nsla_minutes: 0", "sla_minutes"),
        ("company: A\nstages: {Won: victory}", "stages.Won"),
        ("company: A\nattribution: {default_model: markov}", "attribution.default_model"),
        ("company: A\neconomics: {gross_margin: 1.5}", "expected a share of revenue"),
        (
            "company: A\nengine: {target: spark, master: yarn}",
            "engine.master: expected local[2], local[*], spark://host",
        ),
        ("company: A\nengine: {target: spark, storage: 'ftp://lake'}", "engine.storage: expected a folder that"),
        ("company: A\nengine: {target: spark, storage: 's3://lake/*'}", "or a bucket as s3://, gs:// or abfss://"),
        ("company: A\nengine: {target: spark, storage: 's3:///lake'}", "engine.storage: expected a folder that"),
        ("company: A\nengine: {target: spark, storage: 'file://lake'}", "its file:// URL, or a bucket"),
        ("company: A\nengine: {target: spark, storage: 'file:///'}", "engine.storage: expected a folder that"),
        ("company: A\nengine: {master: 'local[2]'}", "engine: master is of Spark; expected `target: spark` beside it"),
        ("company: [", "not readable as YAML"),
        ("- company", "expected keys such as company"),
        ("reporting: {}", "company: Field required"),
    ],
)
def test_mistakes_name_file_key_and_what_was_expected(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsError) as error:
        load(tmp_path, text)
    assert str(tmp_path / "funnelmart.yml") in str(error.value)
    assert message in str(error.value)
    assert error.value.exit_code == 2


@pytest.mark.parametrize(
    ("storage", "folder"),
    [
        ("lake", "workspace/lake"),
        ("/mnt/lake", "/mnt/lake"),
        ("file:///mnt/our%20lake", "/mnt/our lake"),
        ("file://localhost/mnt/lake", "/mnt/lake"),
    ],
)
def test_the_lake_is_a_folder_however_it_is_written(storage: str, folder: str) -> None:
    settings = Settings(workspace=Path("workspace"), company="A", engine=Engine(target="spark", storage=storage))
    assert settings.lake_path == Path(settings.storage) == Path(folder)


@pytest.mark.parametrize("storage", ["s3://acme/lakes/1", "gs://acme", "abfss://lake@acme.dfs.core.windows.net/1"])
def test_a_bucket_holds_what_spark_reads_and_a_folder_what_readers_of_the_mart_do(storage: str) -> None:
    settings = Settings(workspace=Path("workspace"), company="A", engine=Engine(target="spark", storage=storage))
    assert (settings.storage, settings.lake_path) == (storage, Path("workspace/lake"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("formats: {delimiter: ;;}", "sources.sheets[0].formats.delimiter: expected one character, or tab"),
        ("formats: {encoding: klingon}", "unknown encoding"),
        ("formats: {date: '%d.%m.'}", "expected a format with day, month and year"),
        ("formats: {timestamp: '%d.%m.%Y %I:%M'}", "%I is an hour of twelve, which says nothing without %p"),
        ("formats: {timestamp: '%d.%m.%Y %Q'}", "unknown part %Q"),
        ("formats: {decimal: ',', thousands: ','}", "decimal and thousands are both ','"),
        ("formats: {skip_rows: -1}", "formats.skip_rows"),
        ("constants: {currency: null}", "sources.sheets[0].constants.currency"),
        ("where: [Lost]", "sources.sheets[0].where"),
        ("exact_duplicates: maybe", "exact_duplicates"),
        ("currency: Euro", "ISO 4217"),
    ],
)
def test_mistakes_of_a_sheet(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsError) as error:
        sheet(tmp_path, text)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("company: A\n\nreportin: {currency: EUR}", ":3:1: reportin: unknown key; did you mean reporting?"),
        ("company: A\nreporting:\n  currencey: EUR", ":3:3: reporting.currencey: unknown key; did you mean currency?"),
        (
            "company: A\nreporting: {timezone: Europe/Berln}",
            ":2:13: reporting.timezone: unknown time zone 'Europe/Berln'",
        ),
        ("company: A\nreporting: {timezone: Europe/Berln}", "did you mean Europe/Berlin?"),
        ("company: A\nstages:\n  Closed: wonn", "did you mean won?"),
        (
            "company: A\nchannels:\n  - {channel: A, when: {a: b}}\n  - {chanel: B}",
            ":4:6: channels[1].chanel: unknown key",
        ),
        (
            "company: A\nsources:\n  sheets:\n    - entity: deals\n      files: x\n      feilds: {}",
            ":6:7: sources.sheets[0].feilds",
        ),
        (
            "company: A\nsources:\n  hubspot:\n    path: x\n    fields: {deals.amount: [x]}",
            ":5:14: sources.hubspot.fields.deals.amount",
        ),
        ("company: A\nsources: {a: [x, }", ":2:18: not readable as YAML"),
        ('company: A\nzones: "\\ud800"', ":2:8: not readable as YAML: half of a pair such as"),
        ('company: "\\U00110000"', ": not readable as YAML: an escape such as"),
        (
            "company: A\nengine: {memory_limit: 99999999999999999999TB}",
            "engine.memory_limit: more than any machine has",
        ),
        ("company: A\ncompany: B", ":1:1: not readable as YAML: key 'company' is given twice"),
        ("sheets: []", ":1:1: unknown key sheets (it belongs under sources)"),
        ("company: A\nzones: [a", ":3:1: not readable as YAML"),
    ],
)
def test_a_mistake_says_line_column_and_what_may_be_meant(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsError) as error:
        load(tmp_path, text + "\n")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_every_mistake_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as error:
        load(tmp_path, "company: A\nsla_minutes: 0\npublish: {keep: 0}\n")
    assert f"{tmp_path / 'funnelmart.yml'}:2:1: sla_minutes: " in str(error.value)
    assert "; funnelmart.yml:3:11: publish.keep: " in str(error.value)


def test_no_more_of_a_value_than_a_line_can_hold(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as error:
        load(tmp_path, f"company: A\nreporting: {{currency: {'x' * 500}}}")
    assert "x" * 50 in str(error.value)
    assert "x" * 60 not in str(error.value)


def test_a_mistake_found_later_has_its_place_too(tmp_path: Path) -> None:
    settings = load(tmp_path, "company: A\nchecks:\n  leads_keys: {severity: info}\n")
    assert str(mistake(settings, "checks.leads_keys", "unknown check")) == (
        f"{tmp_path / 'funnelmart.yml'}:3:3: checks.leads_keys: unknown check"
    )


def test_tab_as_a_delimiter(tmp_path: Path) -> None:
    for written in ("tab", "'\\t'", '"\\t"'):
        assert sheet(tmp_path, f"formats: {{delimiter: {written}}}").sheets[0].formats.delimiter == "\t"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such file"):
        load_settings(tmp_path)


def test_the_reporting_day_is_that_of_the_reporting_zone(tmp_path: Path) -> None:
    now = dt.datetime(2024, 6, 30, 23, 30, tzinfo=dt.UTC)
    assert load(tmp_path, "company: A\nreporting: {timezone: Europe/Berlin}").today(now) == dt.date(2024, 7, 1)
    assert load(tmp_path, "company: A\nreporting: {today: 2024-06-22}").today(now) == dt.date(2024, 6, 22)


def test_the_person_key_is_made_once_and_kept_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FUNNELMART_PERSON_KEY", raising=False)
    settings = load(tmp_path, "company: A")
    key = person_key(settings)
    assert person_key(settings) == key
    assert stat.S_IMODE((tmp_path / ".funnelmart" / "person.key").stat().st_mode) == 0o600


def test_the_workspace_is_the_option_else_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNNELMART_WORKSPACE", str(tmp_path / "from_environment"))
    assert workspace_path(tmp_path) == tmp_path.resolve()
    assert workspace_path() == (tmp_path / "from_environment").resolve()


def test_an_amount_of_memory_has_a_unit(tmp_path: Path) -> None:
    assert load(tmp_path, "company: Acme\nengine: {memory_limit: 1.5 GiB, threads: 2}").engine.memory_limit == "1.5GiB"
    for wrong in ("much", "4", "0GB"):
        with pytest.raises(SettingsError, match=r"engine\.memory_limit: expected an amount of memory such as 4GB"):
            load(tmp_path, f"company: Acme\nengine: {{memory_limit: {wrong}}}")
    with pytest.raises(SettingsError, match=r"engine\.target: .*'duckdb'"):
        load(tmp_path, "company: Acme\nengine: {target: flink}")


@pytest.mark.parametrize(
    "said",
    [
        "notify: {to: ['slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ']}",
        "notify: {to: 'mailto://heads:TIiajkdnlazkcOXrIdevi7FQ@acme.test'}",
        "notify: 'tgram://123456789:TIiajkdnlazkcOXrIdevi7FQ/1'",
        "notify: {link: 'https://heads:TIiajkdnlazkcOXrIdevi7FQ@acme.test/reports'}",
        "notify: {locale: 'json://acme.test/TIiajkdnlazkcOXrIdevi7FQ'}",
        "sources: {hubspot: {path: extracts, pull: {url: 'https://us:TIiajkdnlazkcOXrIdevi7FQ@acme.test'}}}",
        "engine: {target: spark, storage: 's3://us:TIiajkdnlazkcOXrIdevi7FQ@acme'}",
        "reporting: {timezone: 'sftp://us:TIiajkdnlazkcOXrIdevi7FQ@acme'}",
    ],
)
def test_a_mistake_shows_no_secret(tmp_path: Path, said: str) -> None:
    (tmp_path / "funnelmart.yml").write_text(f"company: A\n{said}\n")
    with pytest.raises(SettingsError, match=r"funnelmart\.yml:\d+:\d+: ") as caught:
        load_settings(tmp_path)
    assert "TIiaj" not in str(caught.value)
