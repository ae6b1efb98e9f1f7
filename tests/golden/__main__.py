"""`make golden`: write the list again, after figures changed on purpose.

`python -m tests.golden` builds the demo in a temporary folder; `python -m tests.golden WORKSPACE` takes a demo that the
code as it is has just published (made with `funnelmart demo`, so that it has the demo's person key).
"""

import json
import sys
import tempfile
from pathlib import Path

from tests.end_to_end.command import funnelmart
from tests.golden.contents import GOLDEN, Contents, changes, golden, published_contents


def built_contents() -> Contents:
    with tempfile.TemporaryDirectory() as folder:
        for command in ("demo", "run"):
            print(f"funnelmart {command} …", flush=True)
            result = funnelmart(command, workspace=Path(folder))
            if result.returncode:
                raise SystemExit(result.stdout + result.stderr)
        return published_contents(Path(folder))


def main() -> None:
    before = golden() if GOLDEN.exists() else {}
    now = published_contents(Path(sys.argv[1]).resolve()) if len(sys.argv) > 1 else built_contents()
    GOLDEN.write_text(json.dumps(now, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    changed = changes(before, now)
    print("\n".join(changed) or "nothing changed")
    if changed:
        print(f"{GOLDEN} written: say in CHANGELOG.md why these tables changed, and commit both.")


if __name__ == "__main__":
    main()
