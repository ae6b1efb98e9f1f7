"""Writes the demo's extracts: two years of a made-up company, the same bytes for the same scale and seed everywhere."""

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from demo import facebook_ads, google_ads, hubspot, sheets, targets, touches
from demo.files import Folder
from demo.funnel import Funnel
from demo.fx import FxRates
from demo.story import Story, load_story

HERE = Path(__file__).parent
SETTINGS = "funnelmart.yml"
MARK = ".generated"
# With it the hashes of made-up people, and so the content of every table, are the same in every clone: no secret.
PERSON_KEY = "the demo's people are made up, so their key is no secret"


@dataclass(frozen=True)
class GenerationReport:
    """What `generate` did: `leads` and `won_deals` are None where the extracts were already these ones."""

    extracts: Path
    written: bool
    files: int
    bytes: int
    leads: int | None = None
    won_deals: int | None = None


def generate(workspace: Path, scale: float = 1, seed: int | None = None) -> GenerationReport:
    """Write `<workspace>/extracts` (at once: aside, then renamed) and, where missing, the demo's settings and key.

    `scale` multiplies leads and ads (1: about 13,000 leads), `seed` replaces that of `generator.yml`. Nothing is
    written where the extracts there come from the same generator, scale and seed.

    Raises:
        ValueError: the scale is not positive, or `extracts/` holds files that this generator didn't write.
    """
    if not 0 < scale < float("inf"):
        raise ValueError(f"scale {scale}: expected a number above 0")
    story = load_story(scale, seed)
    extracts, mark = workspace / "extracts", workspace / "extracts" / MARK
    fingerprint = _fingerprint(story)
    if extracts.exists() and any(extracts.iterdir()):
        if not mark.exists():
            raise ValueError(f"{extracts}: holds files that the demo didn't write; choose another workspace")
        if mark.read_text() == fingerprint:
            return GenerationReport(extracts, False, *_size(extracts))
    workspace.mkdir(parents=True, exist_ok=True)
    settings = workspace / SETTINGS
    if not settings.exists():
        shutil.copyfile(HERE / SETTINGS, settings)
    aside, old = workspace / ".extracts.new", workspace / ".extracts.old"
    for leftover in (aside, old):
        shutil.rmtree(leftover, ignore_errors=True)
    key = workspace / ".funnelmart" / "person.key"
    if not key.exists():
        key.parent.mkdir(exist_ok=True)
        key.write_text(PERSON_KEY)
        key.chmod(0o600)
    funnel = _write(aside, story)
    (aside / MARK).write_text(fingerprint)
    if extracts.exists():
        extracts.rename(old)
    aside.rename(extracts)
    shutil.rmtree(old, ignore_errors=True)
    won = sum(deal.won and deal.closed <= story.export for deal in funnel.deals)
    return GenerationReport(extracts, True, *_size(extracts), len(funnel.leads), won)


def _write(root: Path, story: Story) -> Funnel:
    rates = FxRates(story)
    funnel = Funnel(story, rates)
    hubspot.write(Folder(root / "hubspot"), story, funnel)
    google_ads.write(Folder(root / "google_ads"), story, rates)
    facebook_ads.write(Folder(root / "facebook_ads"), story, rates)
    sheets.write(Folder(root / "sheets"), story, rates, funnel)
    targets.write(Folder(root / "sheets"), story, rates, funnel)
    touches.write(Folder(root / "website"), story, funnel)
    return funnel


def _fingerprint(story: Story) -> str:
    """Of the generator itself, its settings, scale and seed."""
    digest = hashlib.sha256(f"{float(story.scale)!r} {story.seed}".encode())
    for path in sorted([*HERE.glob("*.py"), HERE / "generator.yml"]):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _size(folder: Path) -> tuple[int, int]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != MARK]
    return len(files), sum(path.stat().st_size for path in files)
