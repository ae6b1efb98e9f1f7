"""Raw tables are filled from the incoming rows, with the hashes of the people in them."""

import pytest

from orchestration.extracts.land import people_hashes
from orchestration.extracts.type.people import hash_people
from tests.orchestration.extracts.conftest import Workspace

PEOPLE = [f"person{number}@example.com" for number in range(7)]


@pytest.mark.parametrize("at_once", [2, 7, 100])
def test_each_person_is_hashed_however_many_there_are(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(people_hashes, "_AT_ONCE", at_once)
    rows = "".join(f"{number},2024-01-01,{person}\n" for number, person in enumerate(PEOPLE * 2))
    workspace.write("extracts/leads.csv", f"lead_id,created_at,email\n{rows}")
    workspace.land("leads", {"files": "extracts/leads.csv"})
    key = (workspace.path / ".funnelmart" / "person.key").read_bytes()
    hashes = hash_people(PEOPLE, "email", None, key)
    found = workspace.rows("select email, email_hash from raw_sheets.leads order by _row")
    assert found == list(zip(PEOPLE, hashes, strict=True)) * 2
