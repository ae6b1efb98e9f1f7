"""Personal data: equal people get equal keyed hashes, nobody in particular gets none."""

import hashlib
import hmac

import pytest

from orchestration.errors import SettingsError
from orchestration.extracts.type.people import hash_people, normalise
from orchestration.extracts.type.shared import is_shared
from tests.orchestration.extracts.conftest import Workspace

KEY = b"secret"


@pytest.mark.parametrize(
    ("kind", "written", "expected"),
    [
        ("email", " Jane.Doe@Example.COM ", "jane.doe@example.com"),
        ("email", "Jane Doe <Jane.Doe@example.com>", "jane.doe@example.com"),
        ("email", "jane.doe@example.com; jd@example.org", "jane.doe@example.com"),
        ("email", "jane.doe@example.com,jd@example.org", "jane.doe@example.com"),
        ("email", "mailto:jane.doe@example.com", "jane.doe@example.com"),
        ("email", "jane doe", None),
        ("phone", "+49 170 1234567; +49 170 1234568", "+491701234567"),
        ("phone", "n/a, 0170 1234567", "+491701234567"),
        ("email", "n/a", None),
        ("email", "fcb67ef339b691956cc85fa12be6490c", "fcb67ef339b691956cc85fa12be6490c"),
        ("phone", "0170 1234567", "+491701234567"),
        ("phone", "+49 (170) 123-45-67", "+491701234567"),
        ("phone", "1", None),
        ("phone", "call me", None),
        ("name", "  JANE   Straße ", "jane strasse"),
        ("name", "Wireless Caller", None),
        ("name", "xxx", None),
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


@pytest.mark.parametrize(
    ("kind", "normal", "shared"),
    [
        ("email", "info@acme.example", True),
        ("email", "vertrieb+web@acme.example", True),
        ("email", "noemail@noemail.com", True),
        ("email", "xxx@mail.ru", True),
        ("email", "ann.info@acme.example", False),
        ("phone", "+491111111111", True),
        ("phone", "+49123456789", True),
        ("phone", "+493055500001", False),
        ("phone", "+493012345678", False),
        ("name", "info", False),
    ],
)
def test_contacts_of_a_role_or_a_filler_are_nobodys_own(kind: str, normal: str, shared: bool) -> None:
    assert is_shared(normal, kind) is shared  # type: ignore[arg-type]


def test_a_name_in_two_columns_is_the_name_in_one(workspace: Workspace) -> None:
    workspace.write(
        "extracts/two.csv",
        "lead_id,created_at,first_name,last_name,email\n"
        "1,2024-01-01,Ann,Abel,info@acme.example\n2,2024-01-01,Ann,,\n3,2024-01-01,Wireless,Caller,a@b.de\n",
    )
    workspace.write("extracts/one.csv", "lead_id,created_at,full_name\n4,2024-01-01,ANN  Abel\n")
    workspace.land("leads", {"files": "extracts/two.csv"}, {"files": "extracts/one.csv"})
    names = dict(workspace.rows("select lead_id, coalesce(full_name_hash, _full_name_hash) from raw_sheets.leads"))
    assert names["1"] == names["4"] is not None
    assert (names["2"], names["3"]) == (None, None)
    assert workspace.rows("select contact_hash from landing.shared_contacts") == workspace.rows(
        "select email_hash from raw_sheets.leads where lead_id = '1'"
    )


def test_a_raw_table_of_before_gets_the_full_name(workspace: Workspace) -> None:
    workspace.write("extracts/leads.csv", "lead_id,created_at,first_name,last_name\n1,2024-01-01,Ann,Abel\n")
    workspace.land("leads", {"files": "extracts/leads.csv"})
    workspace.connection.execute("alter table raw_sheets.leads drop column _full_name_hash")
    workspace.connection.execute("drop table landing.shared_contacts")
    workspace.connection.execute("update landing.files set spec_fingerprint = 'of an older reader'")
    assert workspace.land("leads", {"files": "extracts/leads.csv"}).loaded == ["extracts/leads.csv"]
    assert workspace.rows("select count(_full_name_hash) from raw_sheets.leads") == [(1,)]
