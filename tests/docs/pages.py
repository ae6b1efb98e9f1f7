"""The pages for users, and the blocks of code in them."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "docs" / "tutorial.md", *sorted((ROOT / "docs").glob("*.md"))]
PAGES = list(dict.fromkeys(PAGES))  # README first: it makes the workspaces that other pages use
OTHERS = [ROOT / name for name in ("CONTRIBUTING.md", "AGENTS.md", "SECURITY.md", "DECISIONS.md", "CHANGELOG.md")]
_BLOCK = re.compile(
    r"^(?:[ ]*<!-- not run: (?P<reason>[^\n]+) -->\n\n?)?(?P<indent>[ ]*)```(?P<language>\w+)(?P<info>[^\n]*)\n"
    r"(?P<text>.*?)^(?P=indent)```[ ]*$",
    re.MULTILINE | re.DOTALL,
)


@dataclasses.dataclass(frozen=True)
class Block:
    """A block of a page; `file` is the file that it shows, `reason` why it can't be run in a test."""

    language: str
    text: str
    file: str | None
    reason: str | None


def blocks(page: Path) -> Iterator[Block]:
    """Yield the blocks of a page in order; `<!-- not run: reason -->` above one keeps it from being run."""
    for found in _BLOCK.finditer(page.read_text(encoding="utf-8")):
        lines = [line.removeprefix(found["indent"]) for line in found["text"].splitlines()]
        if found["language"] == "console":
            lines = [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]
        file = re.search(r"\bfile=(\S+)", found["info"])
        yield Block(found["language"], "\n".join(lines) + "\n", file[1] if file else None, found["reason"])
