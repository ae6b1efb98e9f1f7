"""After any history of extracts the tables hold what `run --full` would make of them: `make test-full` takes minutes.

In a history extracts arrive, are restated, go and come again, days pass and go back, and settings change.
"""

import datetime as dt
import os
import random
import shutil
from pathlib import Path

import pytest
import yaml

from orchestration.settings import Settings, load_settings
from orchestration.transform.serving import dbt_serving
from tests.building import build, contents

HISTORIES = int(os.environ.get("FUNNELMART_FULL", "0"))
STEPS = 4
NOW = dt.datetime(2024, 4, 1, 9, tzinfo=dt.UTC)
SETTINGS = {
    "company": "Acme",
    "reporting": {"currency": "EUR", "timezone": "Europe/Berlin", "today": dt.date(2024, 3, 31)},
    "sources": {"sheets": [
        {"entity": "leads", "files": "extracts/leads*.csv", "replace_by": "key"},
        {"entity": "deals", "files": "extracts/deals*.csv", "replace_by": "file"},
        {"entity": "touches", "files": "extracts/touches*.csv", "replace_by": "file"},
        {"entity": "stage_history", "files": "extracts/stages*.csv", "replace_by": "file"},
        {"entity": "ad_spend", "files": "extracts/spend*.csv", "replace_by": ["platform", "date"]},
    ]},
    "stages": {"New": "new", "Called": "contacted", "Good": "qualified", "Customer": "won", "Lost": "lost"},
    "publish": {"keep": 1},
}  # fmt: skip
HEADERS = {
    "leads": "lead_id,created_at,updated_at,email,utm_source,utm_medium,utm_campaign,owner,stage",
    "deals": "deal_id,created_at,lead_id,owner,stage,amount,currency,closed_at,product",
    "touches": "touch_id,touched_at,person_id,email,utm_source,utm_medium,utm_campaign,landing_page",
    "stages": "entity,entity_id,stage,entered_at",
    "spend": "date,platform,campaign_id,campaign_name,impressions,clicks,spend,currency,utm_source,utm_medium",
}


@pytest.mark.skipif(not HISTORIES, reason="takes minutes: make test-full")
@pytest.mark.parametrize("seed", range(HISTORIES))
def test_any_history_gives_what_a_full_run_does(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    workspace = tmp_path / "acme"
    (workspace / "extracts").mkdir(parents=True)
    company = yaml.safe_load(yaml.safe_dump(SETTINGS))
    for kind in HEADERS:
        write(workspace, dice, kind, f"{kind}_0.csv", 30)
    kept = 0
    for _ in range(STEPS):
        settings = configure(workspace, company)
        with dbt_serving(settings):
            kept += sum(one["message"] == "KEPT" for one in build(settings, NOW))
        found = contents(settings)
        assert found == full(settings, tmp_path / "full")
        change(workspace, dice, company)
    assert kept > 0


def configure(workspace: Path, company: dict[str, object]) -> Settings:
    (workspace / "funnelmart.yml").write_text(yaml.safe_dump(company))
    return load_settings(workspace)


def full(settings: Settings, aside: Path) -> dict[str, tuple[int, str]]:
    """What a full build makes of the same raw tables."""
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(settings.workspace, aside)
    copy = load_settings(aside)
    build(copy, NOW, full=True)
    return contents(copy)


def change(workspace: Path, dice: random.Random, company: dict[str, object]) -> None:
    """One to three things happen."""
    for _ in range(dice.randint(1, 3)):
        what = dice.choice(["arrives", "arrives", "restated", "restated", "goes", "day", "settings"])
        there = sorted(path.name for path in (workspace / "extracts").glob("*_[1-9].csv"))
        kind = dice.choice(list(HEADERS))
        if what == "day":
            reporting = company["reporting"]
            assert isinstance(reporting, dict)
            reporting["today"] = dt.date(2024, 3, 25) + dt.timedelta(days=dice.randint(0, 12))
        elif what == "settings":
            company["leads"] = {"deduplicate_days": dice.choice([0, 30, 90])}
        elif what == "goes" and there:
            (workspace / "extracts" / dice.choice(there)).unlink()
        elif what == "restated" and there:
            name = dice.choice(there)
            write(workspace, dice, name.split("_")[0], name, 6)
        else:
            write(workspace, dice, kind, f"{kind}_{dice.randint(1, 3)}.csv", 6)


def write(workspace: Path, dice: random.Random, kind: str, name: str, rows: int) -> None:
    lines = [HEADERS[kind], *(row(dice, kind) for _ in range(rows))]
    (workspace / "extracts" / name).write_text("\n".join(lines) + "\n")


def row(dice: random.Random, kind: str) -> str:
    day = dt.date(2024, 1, 1) + dt.timedelta(days=dice.randint(0, 95))
    lead, owner = f"L{dice.randint(1, 40)}", dice.choice(["Eva", "Max", ""])
    source, medium = dice.choice([("google", "cpc"), ("facebook", "paid_social"), ("", ""), ("news", "email")])
    campaign, email = dice.choice(["spring", "brand", "x", ""]), f"p{dice.randint(1, 25)}@example.com"
    time = f"{day} {dice.randint(0, 23):02}:00:00"
    if kind == "leads":
        stage = dice.choice(["New", "Called", "Good", "Customer", "Lost"])
        return f"{lead},{time},{day} 23:00:00,{email},{source},{medium},{campaign},{owner},{stage}"
    if kind == "deals":
        stage = dice.choice(["New", "Good", "Customer", "Customer", "Lost"])
        closed = "" if stage in ("New", "Good") else f"{day + dt.timedelta(days=dice.randint(0, 9))} 12:00:00"
        amount, product = dice.choice(["", f"{dice.randint(1, 900)}.50"]), dice.choice(["A", "B", ""])
        return f"D{dice.randint(1, 25)},{time},{lead},{owner},{stage},{amount},EUR,{closed},{product}"
    if kind == "touches":
        page = dice.choice(["/", "/p?utm_source=google&utm_medium=cpc&gclid=g1", ""])
        return f"T{dice.randint(1, 60)},{time},{lead},{email},{source},{medium},{campaign},{page}"
    if kind == "stages":
        return f"leads,{lead},{dice.choice(['Called', 'Good', 'Customer'])},{time}"
    number, spend = dice.randint(1, 4), f"{dice.randint(1, 99)}.25"
    said = [
        day,
        "Google Ads",
        number,
        campaign or "brand",
        number * 100,
        number,
        spend,
        "EUR",
        source or "google",
        "cpc",
    ]
    return ",".join(map(str, said))
