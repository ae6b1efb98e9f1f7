"""Superset on 127.0.0.1 with the dashboard of this folder on a published mart.

python start.py MART [--home FOLDER] [--port 8088]

Run it with the Python into which requirements.lock is installed (`make superset`). The first start sets Superset up
in FOLDER and imports the dashboard, yours from then on (imported again only where the names of the mart's tables have
changed); each start points it to MART. Name and password are printed and kept in FOLDER/login.
"""

import argparse
import os
import secrets
import subprocess
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
USER = "admin"
SUPERSET = (sys.executable, "-c", "from superset.cli.main import superset; superset()")
NAMES = "funnelmart.mart"
PLACEHOLDER = "duckdb:////path/of/published/funnelmart.duckdb?access_mode=read_only"


def environment(home: Path) -> dict[str, str]:
    """What Superset reads its settings from; the key of its sessions is made once."""
    return {
        **os.environ,
        "SUPERSET_HOME": str(home),
        "SUPERSET_CONFIG_PATH": str(HERE / "superset_config.py"),
        "SUPERSET_SECRET_KEY": kept(home / "secret"),
        "FLASK_APP": "superset",
    }


def kept(file: Path) -> str:
    """A secret that is made once and that nobody else may read."""
    if not file.exists():
        with open(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="utf-8") as new:
            new.write(secrets.token_urlsafe(32))
    return file.read_text(encoding="utf-8")


def bundle(address: str, home: Path) -> Path:
    """The folder `dashboard` as the archive that Superset imports, pointed to the mart at `address`."""
    archive = home / "dashboard.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for file in sorted((HERE / "dashboard").rglob("*.yaml")):
            text = file.read_text(encoding="utf-8").replace(PLACEHOLDER, address)
            zipped.writestr(f"dashboard/{file.relative_to(HERE / 'dashboard')}", text)
    return archive


def main() -> None:
    """Set up what is missing, import, serve until Ctrl+C."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mart", type=Path)
    parser.add_argument("--home", type=Path, default=HERE / ".home")
    parser.add_argument("--port", default="8088")
    chosen = parser.parse_args()
    home, mart = chosen.home.resolve(), chosen.mart.resolve()
    if not mart.is_file():
        sys.exit(f"{mart}: no such file; expected a published mart, such as demo/published/funnelmart.duckdb")
    home.mkdir(parents=True, exist_ok=True)
    address = f"duckdb:///{mart}?access_mode=read_only"
    settings, password = environment(home), kept(home / "login")

    def superset(*arguments: str) -> None:
        done = subprocess.run([*SUPERSET, *arguments], env=settings, cwd=home, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"superset {arguments[0]} failed:\n{done.stderr[-4000:]}")

    ready = home / "ready"
    if not ready.exists():
        superset("db", "upgrade")
        name = ("--username", USER, "--firstname", "Local", "--lastname", "Admin", "--email", "admin@example.com")
        superset("fab", "create-admin", *name, "--password", password)
        superset("init")
    if not ready.exists() or ready.read_text(encoding="utf-8") != NAMES:
        # also where it was imported for a mart whose tables had other names: its queries would find none
        superset("import-dashboards", "--path", str(bundle(address, home)), "--username", USER)
        ready.write_text(NAMES, encoding="utf-8")
    superset("set-database-uri", "--database_name", "funnelmart", "--uri", address, "--skip_create")
    print(f"http://127.0.0.1:{chosen.port}/superset/dashboard/funnelmart/   {USER} / {password}", flush=True)
    server = ["run", "--host", "127.0.0.1", "--port", chosen.port, "--with-threads"]
    os.chdir(home)
    os.execve(sys.executable, [*SUPERSET, *server], settings)


if __name__ == "__main__":
    main()
