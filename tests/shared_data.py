"""Real extracts that lie beside the repository (never in it); tests on them are skipped where they are absent."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared_data(name: str) -> Path:
    """Folder `name` of ../shared/data (or of FUNNELMART_SHARED_DATA); skips the test where there is none."""
    folder = Path(os.environ.get("FUNNELMART_SHARED_DATA", ROOT.parent / "shared" / "data")) / name
    if not folder.is_dir():
        pytest.skip(f"needs the real extracts in {os.path.relpath(folder, ROOT)}")
    return folder
