"""Leads: same person and duplicates, reached stage, response, versions."""

import datetime as dt

import pytest

from tests.dbt_project.intermediate.world import World


def test_one_person_by_email_phone_and_person_id_transitively(world: World) -> None:
    """a1 and a2 share an e-mail, a2 and a3 a telephone number, a3 and a4 a person id."""
    assert world.ask("select count(distinct person_key) from int_leads where lead_id in ('a1', 'a2', 'a3', 'a4')") == [
        (1,)
    ]


@pytest.mark.parametrize(
    ("lead", "duplicate_of"),
    [
        ("a1", None),
        ("a2", "sheets:a1"),
        ("a3", None),  # 90 days and a second after a1: a window of its own
        ("a4", "sheets:a3"),
        ("b2", "sheets:b1"),  # exactly 90 days later
        ("m1", "sheets:m2"),  # marked in the CRM, so the later lead of the person survives
        ("m2", None),
        ("m3", None),  # marked, but the person has no other lead
        ("t2", None),  # the person's first lead is a test and opens no window
    ],
)
def test_duplicates_belong_to_the_first_lead_of_their_window(world: World, lead: str, duplicate_of: str | None) -> None:
    assert world.one("int_leads", lead, "duplicate_of") == duplicate_of


def test_what_counts(world: World) -> None:
    """Of a person's leads only the survivors; a marked lead without survivor, a test and a deleted one don't count."""
    rows = world.ask("select lead_id from int_leads where not counts order by 1")
    assert [row[0] for row in rows] == ["a2", "a4", "b2", "m1", "m3", "t1", "x1"]


@pytest.mark.parametrize(
    ("lead", "reached", "is_lost", "is_qualified"),
    [
        ("a1", "won", False, True),  # its duplicate's won deal belongs to it
        ("q1", "qualified", False, True),  # qualified_when: quality A
        ("q2", "opportunity", False, True),  # by the stage of its deal
        ("q3", "qualified", False, True),  # stage `deep` in another case
        ("q4", "opportunity", True, True),  # lost now; its history says how far it came
        ("q5", "qualified", False, True),  # unmapped stage now, history knows better
        ("q6", "won", False, True),
        ("q7", "new", False, False),
    ],
)
def test_reached_stage(world: World, lead: str, reached: str, is_lost: bool, is_qualified: bool) -> None:
    assert world.one("int_leads", lead, "stage_reached", "is_lost", "is_qualified") == (reached, is_lost, is_qualified)


def test_response_is_measured_from_time_to_time_only(world: World) -> None:
    """q1 after 5 minutes; q2 before its creation; q3 was created on a day without time."""
    assert [world.one("int_leads", lead, "response_seconds") for lead in ("q1", "q2", "q3")] == [300, None, None]


def test_days_are_those_of_the_reporting_zone(world: World) -> None:
    """23:30 UTC on New Year's Eve is half past midnight in Berlin; a date without time never shifts."""
    assert world.one("int_leads", "q7", "created_date") == dt.date(2024, 1, 1)
    assert world.one("int_leads", "q3", "created_date") == dt.date(2024, 1, 1)
    assert world.one("int_leads", "q2", "qualified_date") == dt.date(2024, 1, 3)


def test_newest_version_of_a_key(world: World) -> None:
    """By updated_at (s1 lists the newer one first), else the later row."""
    assert [world.one("int_leads", lead, "product") for lead in ("s1", "s2")] == ["Newer", "Last"]


def test_warnings(world: World) -> None:
    assert world.ask("select key, warning, detail from int_warnings where entity = 'leads' order by 1, 2") == [
        ("sheets:c7", "unmapped_channel", "somewhere / unheard"),
        ("sheets:q2", "response_before_creation", "2024-01-01 09:00:00"),
        ("sheets:q5", "unmapped_stage", "Limbo"),
    ]
