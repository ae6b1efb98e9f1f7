"""Small workspaces as the versions of funnelmart wrote them, one for each layout of the working database.

`make corpus` writes the one of now; those of before stay as they are, since people have such workspaces.
"""

import io
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import zstandard

FOLDER = Path(__file__).resolve().parent
KEPT = (
    "funnelmart.yml",
    "extracts/*",
    "warehouse.duckdb",
    "archive/**/*",
    "published/funnelmart.duckdb",
    "published/history/log.jsonl",
    ".funnelmart/*.json",
    ".funnelmart/*.state",
    ".funnelmart/person.*",
)


def workspaces() -> list[Path]:
    """Return the packed workspaces, the oldest first."""
    return sorted(FOLDER.glob("layout_*.tar.zst"))


def pack(workspace: Path, target: Path) -> None:
    """Pack what tells about a workspace: neither logs nor Dagster's history nor what dbt compiles."""
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as tar:
        for path in _kept(workspace):
            tar.add(path, path.relative_to(workspace), recursive=False, filter=_anonymous)
    target.write_bytes(zstandard.compress(whole.getvalue(), 19))


def unpack(packed: Path, workspace: Path) -> None:
    """Unpack a workspace into a folder, with the modes it had."""
    data = zstandard.ZstdDecompressor().stream_reader(packed.open("rb")).read()
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        tar.extractall(workspace, filter="tar")


def _kept(workspace: Path) -> Iterator[Path]:
    yield from sorted({path for pattern in KEPT for path in workspace.glob(pattern) if path.is_file()})


def _anonymous(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = member.mtime = 0
    member.uname = member.gname = ""
    return member


def main() -> None:
    """Write the workspace of now."""
    from orchestration.extracts.land.layout import LAYOUT
    from tests.end_to_end.command import funnelmart
    from tests.minimal_workspace import make_workspace

    base = Path(tempfile.mkdtemp())
    try:
        folder = make_workspace(base / "acme")
        result = funnelmart("run", workspace=folder)
        if result.returncode:
            sys.exit(result.stdout + result.stderr)
        target = FOLDER / f"layout_{LAYOUT}.tar.zst"
        pack(folder, target)
        print(f"{target}: {target.stat().st_size / 1e6:.2f} MB")
    finally:
        shutil.rmtree(base)
