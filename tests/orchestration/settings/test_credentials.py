"""Credentials come from the environment and show up nowhere else."""

import pytest

from orchestration.errors import CredentialsError
from orchestration.settings.credentials import credential, hide_secrets, one_line


def test_a_missing_credential_is_named_with_what_it_is_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUBSPOT_ACCESS_TOKEN", " ")
    with pytest.raises(CredentialsError, match="HUBSPOT_ACCESS_TOKEN is not set in the environment; expected a token"):
        credential("HUBSPOT_ACCESS_TOKEN", "a token")


def test_secrets_are_blotted_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "made/up+secret")
    monkeypatch.setenv("FUNNELMART_WORKSPACE", "acme-workspace")
    text = "acme-workspace: made/up+secret, sftp://anna:pass@host/x, https://api/?access_token=abc&limit=5, further-one"
    assert hide_secrets(text, ["further-one"]) == (
        "acme-workspace: ***, sftp://***@host/x, https://api/?access_token=***&limit=5, ***"
    )


def test_what_a_library_raises_is_one_line() -> None:
    assert one_line(KeyError("page\n 2")) == r"KeyError: 'page\n 2'"
    assert one_line(PermissionError("Access\nDenied")) == "Access Denied"
    assert one_line(TimeoutError()) == "TimeoutError"
