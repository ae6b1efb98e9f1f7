"""The charts and the library that draws them: made once for each version of it, which takes two seconds."""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

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


def chart_specifications() -> dict[str, dict[str, Any]]:
    """Return the specification of each chart by name (charts.py), from the user's cache where it was made before."""
    code = Path(__file__).with_name("charts.py").read_text(encoding="utf-8")
    path = cache.cache_path() / f"charts_{version('altair')}.json"
    kept = cache.kept_text(path)
    if kept is None or kept != _marked(code, kept.partition("\n")[2]):
        from kpi_report.charts import chart_specs  # here: altair takes half a second

        kept = _marked(code, json.dumps(chart_specs()))
        cache.keep_text(path, kept)
    specifications: dict[str, dict[str, Any]] = json.loads(kept.partition("\n")[2])
    return specifications


def _marked(snippet: str, script: str) -> str:
    """The script below what it was made with and what it is: one that was cut off would show no chart ever again."""
    said, whole = (hashlib.sha256(text.encode()).hexdigest()[:16] for text in (snippet, script))
    return f"/* {said} {whole} */\n{script}"
