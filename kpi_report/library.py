"""The chart library as one script: put together once for each version of it, which takes two seconds."""

import hashlib
from importlib.metadata import version

from orchestration.settings import cache


def chart_library(snippet: str) -> str:
    """Return Vega's script with `snippet` at its end, from the user's cache where it was made before."""
    path = cache.cache_path() / f"chart_library_{version('vl-convert-python')}.js"
    kept = cache.kept_text(path)
    if kept is not None and kept == _marked(snippet, kept.partition("\n")[2]):
        return kept
    import vl_convert

    made = _marked(snippet, vl_convert.javascript_bundle(snippet))
    cache.keep_text(path, made)  # where that can't be, the next report makes it again
    return made


def _marked(snippet: str, script: str) -> str:
    """The script below what it was made with and what it is: one that was cut off would show no chart ever again."""
    said, whole = (hashlib.sha256(text.encode()).hexdigest()[:16] for text in (snippet, script))
    return f"/* {said} {whole} */\n{script}"
