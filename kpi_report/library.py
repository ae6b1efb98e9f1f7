"""The chart library as one script: put together once for each version of it, which takes two seconds."""

import hashlib
from importlib.metadata import version

from orchestration.settings import cache


def chart_library(snippet: str) -> str:
    """Return Vega's script with `snippet` at its end, from the user's cache where it was made before."""
    beginning = f"/* {hashlib.sha256(snippet.encode()).hexdigest()[:16]} */\n"
    path = cache.cache_path() / f"chart_library_{version('vl-convert-python')}.js"
    kept = cache.kept_text(path)
    if kept is not None and kept.startswith(beginning):
        return kept
    import vl_convert

    made = beginning + vl_convert.javascript_bundle(snippet)
    cache.keep_text(path, made)  # where that can't be, the next report makes it again
    return made
