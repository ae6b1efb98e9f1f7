"""The weekly digest and what is told of a published mart: goals, findings."""

import datetime as dt
import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration.notify.digest import due
from orchestration.notify.tell import Ended, tell
from orchestration.settings import Settings, load_settings
from orchestration.settings.notify import Notify
from tests.orchestration.notify.conftest import MailServer, WebHook

SUNDAY = dt.datetime(2025, 6, 29, 22, 30, tzinfo=dt.UTC)  # Monday in Berlin
MONDAY, FRIDAY = SUNDAY + dt.timedelta(hours=8), SUNDAY + dt.timedelta(days=5)


@pytest.mark.parametrize(
    ("now", "last", "expected"),
    [
        (SUNDAY, None, "2025-06-30"),
        (FRIDAY, None, None),  # the first waits for its day
        (FRIDAY, "2025-06-23", "2025-06-30"),  # no run on Monday: the next one sends it
        (FRIDAY, "2025-06-30", None),
    ],
)
def test_once_a_week_on_its_day_in_the_reporting_zone(
    tmp_path: Path, now: dt.datetime, last: str | None, expected: str | None
) -> None:
    settings = Settings.model_validate(
        {"workspace": tmp_path, "company": "Acme", "reporting": {"timezone": "Europe/Berlin"},
         "notify": {"to": "CHAT", "digest": "monday"}}
    )  # fmt: skip
    assert due(settings, now, last) == expected


@pytest.fixture
def acme(published_minimal: Path, tmp_path: Path) -> Settings:
    """The minimal workspace, published, in which a goal and a sales representative's finding went wrong."""
    folder = tmp_path / "acme"
    (folder / "published").mkdir(parents=True)
    shutil.copy(published_minimal / "funnelmart.yml", folder)
    shutil.copy(published_minimal / "published" / "funnelmart.duckdb", folder / "published")
    with duckdb.connect(str(folder / "published" / "funnelmart.duckdb")) as mart:
        mart.execute("""
            insert into mart.kpi_targets by name
            select 'g1' as target_key, 'revenue' as kpi, 'sales_rep=Ivan Petrov' as scope, 'off_track' as status,
                0.42 as attainment, date '2030-12-31' as due_date;
            insert into mart.kpi_alignment by name
            select key as finding_key, 'overload' as rule, 'critical' as severity, dimension, 'Ivan Petrov' as member,
                today as period_end, message as message_en, 'Share out leads.' as action_en
            from _meta.run, (values
                ('f1', 'sales_rep', 'Ivan Petrov: too many leads.'), ('f2', 'channel', 'Search: too many leads.')
            ) as findings (key, dimension, message)
        """)
    settings = load_settings(folder)
    return settings.model_copy(update={"notify": Notify(to=["CHAT"], digest="monday")})


def test_a_goal_that_is_to_fall_has_a_limit(acme: Settings, hook: WebHook) -> None:
    """CPL at 75 where it is to be 50: 67 % of its goal would say that it is below."""
    with duckdb.connect(str(acme.published_path)) as mart:
        mart.execute("update mart.kpi_targets set kpi = 'cpl', direction = 'decrease', attainment = 50 / 75.0")
    tell(acme, FRIDAY, Ended(has_published=True))

    (message,) = hook.posted
    assert "Cost per lead (a sales representative): off track, at 150% of its limit" in message["message"]


def test_goals_and_findings_of_a_publication_name_nobody(acme: Settings, hook: WebHook) -> None:
    tell(acme, FRIDAY, Ended(has_published=True))
    tell(acme, FRIDAY, Ended(has_published=True))

    (message,) = hook.posted
    assert "Revenue (a sales representative): off track, 42% of its goal, due 2030-12-31" in message["message"]
    assert "Search: too many leads." in message["message"]
    assert "overload: a sales representative, named in the report" in message["message"]
    assert "Ivan" not in str(hook.posted)


def test_a_goal_that_is_on_its_way_again_is_told_one_whose_day_has_come_is_not(acme: Settings, hook: WebHook) -> None:
    mart = str(acme.published_path)
    tell(acme, FRIDAY, Ended(has_published=True))
    for status in ("missed", "off_track", "on_track"):
        with duckdb.connect(mart) as connection:
            connection.execute("update mart.kpi_targets set status = ?, attainment = 0.95", [status])
        tell(acme, FRIDAY, Ended(has_published=True))

    assert [message["title"] for message in hook.posted[1:]] == ["Acme: a goal is off track", "Acme: well again"]
    assert "Revenue (a sales representative): no longer off track, 95% of its goal" in hook.posted[2]["message"]


def test_the_digest_has_headlines_and_pictures(acme: Settings, mail: MailServer) -> None:
    by_mail = acme.model_copy(update={"notify": Notify(to=["MAIL"], digest="monday", about=[])})
    for _ in range(2):
        tell(by_mail, MONDAY, Ended(has_published=True))

    (sent,) = mail.mails
    assert sent["subject"].endswith("in one minute")
    text = sent.get_body(("plain",)).get_content()
    reach = "Data: leads to 2024-03-02, spend to 2024-03-02, won deals to 2024-03-10"
    for said in ("Leads: ", "Revenue: ", "Goals off track: 1", "Critical findings: 2", reach, "kpi_report.html"):
        assert said in text
    pictures = {part.get_filename(): part.get_content() for part in sent.iter_attachments()}
    assert sorted(pictures) == ["leads.png", "revenue.png"]
    assert all(content.startswith(b"\x89PNG") for content in pictures.values())
