"""A real browser for what people see in one. No network: pages come from files or from loopback."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def find_chromium() -> str | None:
    """Return the installed Chromium: CHROMIUM of the environment, else the first found on the path."""
    return os.environ.get("CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium.

    Raises:
        FileNotFoundError: none is installed.
    """
    path = find_chromium()
    if path is None:
        raise FileNotFoundError(f"no Chromium: expected one of {', '.join(NAMES)} on the path, or CHROMIUM to name it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
