"""What the environment says: which workspace, when runs start, the key of personal data."""

import os
from pathlib import Path

from orchestration.settings.workspace import Settings

_CODE = Path(__file__).resolve().parents[2]


def workspace_path(option: Path | None = None) -> Path:
    """The workspace folder: the option, else FUNNELMART_WORKSPACE, else `demo/`.

    That is the one beside the code in a checkout, and the one in the current folder where the package is installed: no
    run writes among installed packages.
    """
    named = option or os.environ.get("FUNNELMART_WORKSPACE")
    if named:
        return Path(named).expanduser().resolve()
    is_checkout = (_CODE / "requirements.lock").exists()  # no wheel holds it
    return (_CODE if is_checkout else Path.cwd()) / "demo"


def schedule_cron() -> str:
    """When the daily schedule runs, as cron in the reporting zone: FUNNELMART_SCHEDULE, else six in the morning."""
    return os.environ.get("FUNNELMART_SCHEDULE") or "0 6 * * *"


def pull_cron() -> str:
    """When APIs are pulled, as cron in the reporting zone: FUNNELMART_PULL_SCHEDULE, else five in the morning."""
    return os.environ.get("FUNNELMART_PULL_SCHEDULE") or "0 5 * * *"


def reports_url() -> str | None:
    """Where the documents of the workspace are served; None unless `funnelmart ui` has started a server for them."""
    return os.environ.get("FUNNELMART_REPORTS_URL")


def person_key(settings: Settings) -> bytes:
    """The key of the HMAC over personal data: FUNNELMART_PERSON_KEY, else generated once into the workspace (0600)."""
    from_environment = os.environ.get("FUNNELMART_PERSON_KEY")
    if from_environment:
        return from_environment.encode()
    path = settings.state_path / "person.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(os.urandom(32).hex())
    return path.read_text().encode()
