"""What the environment says: which workspace, when runs start."""

import os
import time
from collections.abc import Iterable
from pathlib import Path

from orchestration.errors import NoWorkspaceNamedError
from orchestration.settings.place import SETTINGS_FILE

_CODE = Path(__file__).resolve().parents[2]


def workspace_path(option: Path | None = None) -> Path:
    """The workspace folder: the option, else FUNNELMART_WORKSPACE, else the nearest one upwards with a funnelmart.yml.

    Raises:
        NoWorkspaceNamedError: none of these says one.
    """
    if named := option or os.environ.get("FUNNELMART_WORKSPACE"):
        return _folder(named)
    try:
        here = Path.cwd()
    except FileNotFoundError as error:
        raise NoWorkspaceNamedError("no workspace is named, and the current folder is not there any more") from error
    for folder in (here, *here.parents):
        if (folder / SETTINGS_FILE).is_file():
            return folder
    raise NoWorkspaceNamedError(f"{here}: no workspace is named, and neither this folder nor one above it is one")


def _folder(named: str | Path) -> Path:
    """The folder of that name, without links and without `~`.

    Raises:
        NoWorkspaceNamedError: there can be none: links in a circle, the home of somebody whom the system does not know.
    """
    try:
        return Path(named).expanduser().resolve()
    except (OSError, RuntimeError) as error:
        raise NoWorkspaceNamedError(f"{named}: names no folder: {error}") from error


def demo_path(option: Path | None = None) -> Path:
    """The folder of the demo: the option, else FUNNELMART_WORKSPACE, else `demo/`; never a workspace that is just near.

    That is the one beside the code in a checkout, and the one in the current folder where the package is installed: no
    run writes among installed packages.
    """
    if named := option or os.environ.get("FUNNELMART_WORKSPACE"):
        return _folder(named)
    is_checkout = (_CODE / "requirements.lock").exists()  # no wheel holds it
    return (_CODE if is_checkout else Path.cwd()) / "demo"


def schedule_cron() -> str:
    """When the daily schedule runs, as cron in the reporting zone: FUNNELMART_SCHEDULE, else six in the morning."""
    return os.environ.get("FUNNELMART_SCHEDULE") or "0 6 * * *"


def pull_cron() -> str:
    """When APIs are pulled, as cron in the reporting zone: FUNNELMART_PULL_SCHEDULE, else five in the morning."""
    return os.environ.get("FUNNELMART_PULL_SCHEDULE") or "0 5 * * *"


def notify_addresses(names: Iterable[str]) -> dict[str, str]:
    """Return the Apprise addresses that variables hold, by the variable; those that are not set are left out."""
    return {name: os.environ[name] for name in names if os.environ.get(name)}


def reports_url() -> str | None:
    """Where the documents of the workspace are served; None unless `funnelmart ui` has started a server for them."""
    return os.environ.get("FUNNELMART_REPORTS_URL")


def mend_timezone() -> None:
    """Take a TZ that names something else than a file of a time zone for UTC, as the C library does.

    Libraries that are imported open whatever it names. No figure depends on the machine's time zone.
    """
    named = Path(os.environ.get("TZ", "").removeprefix(":"))
    if named != Path() and named.exists() and not (named.is_file() and named.read_bytes()[:4] == b"TZif"):
        os.environ["TZ"] = "UTC"
        time.tzset()
