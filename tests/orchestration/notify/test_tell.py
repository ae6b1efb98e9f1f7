"""Who is told what, when, how often, and in which words."""

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest

from orchestration.errors import ChecksFailedError, InterruptedRunError, KilledRunError, TransformError
from orchestration.lock import workspace_lock
from orchestration.notify.conditions import FailedCheck
from orchestration.notify.outbox import waiting
from orchestration.notify.tell import Ended, tell, tell_a_test, tell_anyway, tell_between_runs
from orchestration.settings import Settings
from orchestration.settings.notify import Notify
from tests.orchestration.notify.conftest import MailServer, WebHook

NOW = dt.datetime(2025, 6, 30, 6, 0, tzinfo=dt.UTC)
KEY = FailedCheck("leads_key", False, True, "Every lead has a key of its own: not so 2 times.")
STOPPED = Ended(
    ChecksFailedError("1 critical check failed:\n  leads_key: not so 2 times (ivan@example.com, +49 30 901820)"), (KEY,)
)
STALE = FailedCheck(
    "spend_freshness", False, False, "…",
    ({"source": "google_ads", "newest": "2025-06-20", "days": 10, "allowed": 2.0},),
)  # fmt: skip
WARNS = FailedCheck("deals_negative", False, False, "No amount of deals is negative: not so once.")


def well(*checks: FailedCheck) -> Ended:
    return Ended(checks=tuple(dataclasses.replace(check, passed=True) for check in checks))


def test_a_stopped_publication_says_cause_next_step_and_link_and_nobodys_data(
    settings: Settings, hook: WebHook
) -> None:
    tell(settings, NOW, STOPPED)

    (message,) = hook.posted
    assert message["title"] == "Acme: a check stopped the publication, the mart of before stays"
    assert message["message"].splitlines() == [
        "• a check stopped the publication, the mart of before stays: "
        "leads_key: not so 2 times (xxxx@xxxxxxx.xxx, +99 99 999999)",
        f"  → See why: funnelmart explain leads_key -w {settings.workspace}; correct the extracts, then run again.",
        "Report: https://mart.acme.test/kpi_report.html",
    ]
    for path in (settings.state_path / "notify").rglob("*.json"):
        assert "ivan@example.com" not in path.read_text()


def test_the_same_is_told_once_until_it_changes_or_was_well(settings: Settings, hook: WebHook) -> None:
    for ended in (STOPPED, STOPPED, well(KEY), STOPPED):
        tell(settings, NOW, ended)
    stopped, recovered = "Acme: a check stopped the publication, the mart of before stays", "Acme: well again"
    assert [message["title"] for message in hook.posted] == [stopped, recovered, stopped]

    other = dataclasses.replace(STOPPED, checks=(KEY, FailedCheck("leads_required", False, True, "")))
    tell(settings, NOW, other)
    assert len(hook.posted) == 4


def test_what_was_told_and_is_well_again_is_told_once(settings: Settings, hook: WebHook) -> None:
    for ended in (dataclasses.replace(STOPPED, checks=(KEY, STALE, WARNS)), *[well(KEY, STALE, WARNS)] * 2):
        tell(settings, NOW, ended)

    assert hook.posted[1]["message"].splitlines() == [
        "• well again: a run came to its end again",
        "• well again: google_ads: no longer stale (spend_freshness)",
        "• well again: deals_negative: passes",
        "Report: https://mart.acme.test/kpi_report.html",
    ]
    assert len(hook.posted) == 2


def test_nobody_hears_that_something_is_well_who_was_not_to_hear_of_it(settings: Settings, hook: WebHook) -> None:
    only = settings.model_copy(update={"notify": Notify(to=["CHAT"], about=["run_failed", "recovered"])})
    for ended in (Ended(checks=(STALE, WARNS)), well(STALE, WARNS)):
        tell(only, NOW, ended)
    assert hook.posted == []


def test_an_older_source_is_no_news_each_day_another_source_is(settings: Settings, hook: WebHook) -> None:
    older = dataclasses.replace(STALE, samples=({**STALE.samples[0], "days": 11},))
    two = dataclasses.replace(STALE, samples=(*older.samples, {**older.samples[0], "source": "meta"}))
    for check in (STALE, older, two):
        tell(settings, NOW, Ended(checks=(check,)))

    assert [re.findall(r"stale: (\w+)", message["message"]) for message in hook.posted] == [["google_ads"], ["meta"]]
    assert "newest data of 2025-06-20, 10 days old (spend_freshness)" in hook.posted[0]["message"]


def test_all_that_is_new_is_one_message_the_worst_first(settings: Settings, hook: WebHook) -> None:
    tell(settings, NOW, dataclasses.replace(STOPPED, checks=(WARNS, STALE, KEY)))

    (message,) = hook.posted
    assert message["title"].endswith("(+2)")
    assert re.findall(r"• ([\w ,]+):", message["message"]) == [
        "a check stopped the publication, the mart of before stays", "a source is stale", "a check warns",
    ]  # fmt: skip


def test_a_check_of_a_single_asset_that_somebody_launched_is_told_too(settings: Settings, hook: WebHook) -> None:
    tell(settings, NOW, dataclasses.replace(Ended(RuntimeError("x"), (WARNS,)), is_job=False))

    assert [message["title"] for message in hook.posted] == ["Acme: a check warns"]


def test_what_an_engine_quotes_of_the_data_is_not_told(settings: Settings, hook: WebHook) -> None:
    tell(settings, NOW, Ended(TransformError("dbt: int_leads: could not convert string 'Ivan Petrov' to INT32")))
    tell(settings, NOW, Ended(ValueError("Ivan Petrov")))

    assert "could not convert string 'xxxx xxxxxx' to INT32" in hook.posted[0]["message"]
    assert "ValueError" in hook.posted[1]["message"]
    assert "Ivan" not in str(hook.posted)


def test_when_a_killed_run_began_is_no_telephone(settings: Settings, hook: WebHook) -> None:
    tell(settings, NOW, Ended(KilledRunError("the run that began at 2025-06-30 05:52 UTC was killed")))
    assert "began at 2025-06-30 05:52 UTC was killed" in hook.posted[0]["message"]


def test_who_stopped_a_run_knows_it(settings: Settings, hook: WebHook) -> None:
    tell(settings, NOW, Ended(InterruptedRunError()))
    assert hook.posted == []


def test_only_what_the_settings_ask_for(settings: Settings, hook: WebHook) -> None:
    only = settings.model_copy(update={"notify": Notify(to=["CHAT"], about=["run_failed"])})
    tell(only, NOW, Ended(checks=(WARNS, STALE)))
    assert hook.posted == []


def test_nothing_is_lost_while_a_receiver_is_down(settings: Settings, hook: WebHook, mail: MailServer) -> None:
    both = settings.model_copy(update={"notify": Notify(to=["CHAT", "MAIL"])})
    hook.out_of_order = True
    tell(both, NOW, STOPPED)
    tell(both, NOW + dt.timedelta(hours=1), Ended(checks=(STALE,)))
    assert [mail["subject"] for mail in mail.mails] == [
        "Acme: a check stopped the publication, the mart of before stays", "Acme: a source is stale (+1)",
    ]  # fmt: skip
    assert len(waiting(both)) == 2

    hook.out_of_order = False
    tell(both, NOW + dt.timedelta(days=1), Ended())

    assert [message["title"] for message in hook.posted] == [mail["subject"] for mail in mail.mails]
    assert waiting(both) == []


def test_an_address_that_is_not_set_keeps_the_message_and_says_so(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    tell(settings, NOW, STOPPED)

    assert len(waiting(settings)) == 1
    assert "notify: CHAT is not set; 1 message is kept for the next run" in capsys.readouterr().out


def test_a_test_message_says_who_took_it(
    settings: Settings, hook: WebHook, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GONE", raising=False)
    everybody = settings.model_copy(update={"notify": Notify(to=["CHAT", "MAIL", "GONE"], about=["run_failed"])})

    assert tell_a_test(everybody) == {"CHAT": None, "MAIL": None, "GONE": "is not set"}
    hook.out_of_order = True
    assert tell_a_test(everybody)["CHAT"] == "did not answer"

    (message,) = hook.posted
    assert message["title"] == "Acme: a test message" == mail.mails[0]["subject"]
    assert "is told of: a run failed, the mart of before stays. Nothing is wrong." in message["message"]
    assert waiting(everybody) == []


def test_in_russian(settings: Settings, hook: WebHook) -> None:
    russian = settings.model_copy(update={"notify": Notify(to=["CHAT"], locale="ru")})
    tell(russian, NOW, Ended(checks=(WARNS, STALE)))

    (message,) = hook.posted
    assert message["title"] == "Acme: источник устарел (+1)"
    assert "возраст в днях: 10" in message["message"]
    assert "deals_negative: Ни одна сумма сделки не отрицательна" in message["message"]


def test_who_names_nobody_is_not_told_and_nothing_is_kept(tmp_path: Path) -> None:
    silent = Settings(workspace=tmp_path, company="Acme")
    tell(silent, NOW, STOPPED)
    assert list(tmp_path.iterdir()) == []


def test_a_mistake_in_telling_is_a_warning(settings: Settings) -> None:
    (settings.state_path).mkdir()
    (settings.state_path / "notify").write_text("in the way")
    warnings: list[str] = []
    tell_anyway(settings, NOW, STOPPED, warnings.append)
    assert re.match(r"nobody could be told: \w+Error", warnings[0])


def test_a_run_that_can_not_start_tells_though_it_holds_the_lock(settings: Settings, hook: WebHook) -> None:
    with workspace_lock(settings):
        tell_between_runs(settings, NOW, STOPPED)
    assert len(hook.posted) == 1
