"""Which folder is the workspace where nobody names one."""

from pathlib import Path

import pytest

from orchestration.settings import environment
from orchestration.settings.environment import workspace_path

CHECKOUT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def nothing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FUNNELMART_WORKSPACE", raising=False)


def test_in_a_checkout_it_is_the_demo_beside_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert workspace_path() == CHECKOUT / "demo"


def test_installed_it_is_in_the_current_folder_never_among_the_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages, here = tmp_path / "lib" / "site-packages", tmp_path / "here"
    (packages / "demo").mkdir(parents=True)
    here.mkdir()
    monkeypatch.setattr(environment, "_CODE", packages)
    monkeypatch.chdir(here)

    assert workspace_path() == here / "demo"


def test_what_is_named_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUNNELMART_WORKSPACE", str(tmp_path / "acme"))

    assert workspace_path() == tmp_path / "acme"
    assert workspace_path(tmp_path / "other") == tmp_path / "other"
