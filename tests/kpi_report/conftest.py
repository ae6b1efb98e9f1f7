"""The report of the minimal workspace and that of the demo, and a browser to look at them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from kpi_report.document import read_document
from orchestration.settings import Settings, load_settings
from orchestration.views.reader import open_published
from tests.browser import chromium, find_chromium


@pytest.fixture(scope="session")
def minimal(published_minimal: Path) -> Settings:
    return load_settings(published_minimal)


@pytest.fixture
def document(minimal: Settings) -> dict[str, Any]:
    """The figures of the minimal workspace's report: three leads, two deals, two months."""
    with open_published(minimal) as mart:
        return read_document(mart, minimal)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if find_chromium() is None:
        pytest.skip("no Chromium is installed: `make browser` installs it")
    with chromium() as found:
        yield found
