"""Rights are not looked at where root asks: what is tried there is tried as another user, whose the folder is."""

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

NOBODY = 65_534


@contextmanager
def whose(folder: Path) -> Iterator[None]:
    """Within the block, `folder` belongs to the user of this process, and that is not root."""
    if os.getuid():
        yield
        return
    with ExitStack() as opened:
        for parent in folder.parents:  # pytest's own are root's alone
            if parent.is_relative_to(tempfile.gettempdir()):
                mode = stat.S_IMODE(parent.stat().st_mode)
                parent.chmod(mode | 0o011)
                opened.callback(parent.chmod, mode)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
        os.setresuid(NOBODY, NOBODY, 0)
        opened.callback(os.setresuid, 0, 0, 0)
        yield
