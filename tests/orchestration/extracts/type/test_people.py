"""Personal data: equal people get equal keyed hashes, nobody in particular gets none."""

import hashlib
import hmac

import pytest

from orchestration.errors import SettingsError
from orchestration.extracts.type.people import hash_people, normalise
from tests.orchestration.extracts.conftest import Workspace

KEY = b"secret"


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        ("email", " Jane.Doe@Example.COM ", "jane.doe@example.com"),
        ("email", "n/a", None),
        ("email", "fcb67ef339b691956cc85fa12be6490c", "fcb67ef339b691956cc85fa12be6490c"),
        ("phone", "0170 1234567", "+491701234567"),
        ("phone", "+49 (170) 123-45-67", "+491701234567"),
        ("phone", "1", None),
        ("phone", "call me", None),
        ("name", "  JANE   Straße ", "jane strasse"),
    ],
)
def test_normal_forms(kind: str, written: str, expected: str | None) -> None:
    assert normalise(written, kind, "DE") == expected  # type: ignore[arg-type]


def test_phone_without_prefix_needs_a_region() -> None:
    assert normalise("0170 1234567", "phone", None) is None


def test_hashes_are_keyed() -> None:
    assert hash_people(["A@b.c", "n/a"], "email", None, KEY) == [
        hmac.new(KEY, b"a@b.c", hashlib.sha256).hexdigest(),
        None,
    ]


def test_another_key_means_that_files_are_read_again(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace.write("extracts/leads.csv", "lead_id,created_at,email\n1,2024-01-01,a@b.c\n2,2024-01-01, A@B.C\n")
    sheet = {"files": "extracts/leads.csv"}
    monkeypatch.setenv("FUNNELMART_PERSON_KEY", "one key of thirty-two characters")
    workspace.land("leads", sheet)
    first = workspace.rows("select email_hash from raw_sheets.leads")
    assert first[0] == first[1]
    monkeypatch.setenv("FUNNELMART_PERSON_KEY", "two keys of thirty-two characters")
    with pytest.raises(SettingsError, match="another key of people than before"):
        workspace.land("leads", sheet)
    (workspace.path / ".funnelmart" / "person.fingerprint").unlink()
    assert workspace.land("leads", sheet).loaded == ["extracts/leads.csv"]
    assert workspace.rows("select email_hash from raw_sheets.leads") != first
