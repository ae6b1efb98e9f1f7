"""Whoever looks at files with add-source sees what they hold, but nobody who stands in them."""

import json

from tests.orchestration.add_source.conftest import Company

# L2 has an address where a date belongs, L3 a telephone; of L4 the columns are shifted: its stage is a person.
LEADS = """\
Lead ID,Created,E-mail,Full name,Status,Notes,Reason,Customer,Landing page
L1,2024-03-01,ann@example.com,Ann Abel,New,call ann@example.com,,Ann Abel,/p?mail=ann%40example.com
L2,ann@example.com,bob@example.com,Bob Bauer,Lost,,asked for +49 151 4730011,Bob Bauer,/p
L3,+49 151 4730011,cat@example.com,Cat Cohen,New,Bob Bauer <bob@example.com>,,Cat Cohen,/p?tel=%2B491514730011
L4,2024-03-04,Cat Cohen,L4,cat@example.com,(0151) 4730011,ann@example.com,Cat Cohen,/p
L5,2024-03-05,dan@example.com,Dan Dorn,New,,,Dan Dorn,/p
L6,2024-03-06,eve@example.com,Eve Ernst,Lost,,,Eve Ernst,/p
"""
PEOPLE = ("@example", "%40example", "4730011", "Abel", "Bauer", "Cohen", "Dorn", "Ernst")


def named(said: str) -> list[str]:
    return [person for person in PEOPLE if person in said]


def test_the_terminal_shows_nobody(company: Company) -> None:
    file = company.write("leads.csv", LEADS)

    code, out, err = company.call(file, "--entity", "leads", "--yes", "--accept-doubts")

    assert code == 0, out + err
    assert named(out + err) == []
    assert "created_at: 'xxx@xxxxxxx.xxx' is no readable date or time" in " ".join(out.split())


def test_neither_the_document_nor_the_settings_name_anybody(company: Company) -> None:
    file = company.write("leads.csv", LEADS)

    said = company.add(file, "--entity", "leads", "--accept-doubts")

    assert said["added"][0]["rows_refused"] >= 2
    assert named(json.dumps(said)) == []
    assert named(company.text) == []


def test_a_file_of_which_nothing_can_be_used_names_nobody(company: Company) -> None:
    rows = "".join(f"L{n},ann@example.com,bob@example.com,Ann Abel\n" for n in range(3))

    said = company.refused(company.write("leads.csv", f"Lead ID,Created,E-mail,Full name\n{rows}"), "--entity", "leads")

    assert named(json.dumps(said)) == []
