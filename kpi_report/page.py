"""One page of everything: styles, scripts, chart library, texts and figures are written into it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from kpi_report.document import PACKED
from kpi_report.expressions import reckoned
from kpi_report.library import chart_library, chart_specifications
from kpi_report.packing import pack
from kpi_report.texts import load_reasons, load_texts

HERE = Path(__file__).parent
STYLES = ("tokens", "base", "controls", "cards", "tables", "sections", "print")
# What vl-convert puts into the bundle; the page needs no more of it.
LIBRARY = "window.vegaEmbed = vegaEmbed;"
# In the order of use: each file adds its functions to the object `fm`.
SCRIPTS = (
    "dom", "packed", "days", "store", "members", "levers", "format", "export", "table", "tooltip", "chart", "history",
    "sections/summary", "sections/headlines", "sections/funnel", "sections/bridge", "sections/breakdown",
    "sections/budget", "sections/paths", "sections/cohorts", "sections/pipeline", "sections/forecast", "sections/goals",
    "sections/findings", "sections/quality", "sections/health", "controls", "main",
)  # fmt: skip


def render(document: dict[str, Any], pages: Sequence[str] = ()) -> str:
    """Return the page that shows `document` (see `read_document`); it needs no network and no other file.

    `pages` are the KPIs that have a page in the dbt docs beside the report; their formulas lead there.
    """
    texts = load_texts()
    meta = dict(zip(document["meta"]["columns"], document["meta"]["rows"][0], strict=True))
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("page.html.j2").render(
        meta=meta,
        texts=texts[meta["locale"]],
        style=Markup("\n".join(_static("css", name) for name in STYLES)),
        script=Markup("\n".join(_static("js", name) for name in SCRIPTS)),
        library=Markup(chart_library(LIBRARY)),
        document=_embedded(
            {
                "data": {name: table for name, table in document.items() if name not in PACKED},
                "packed": pack({name: document[name] for name in PACKED}),
                "reckoned": reckoned(document["kpis"]),
                "texts": texts,
                "reasons": load_reasons(),
                "charts": chart_specifications(),
                "pages": list(pages),
            }
        ),
    )


def _static(kind: str, name: str) -> str:
    return (HERE / "static" / kind / f"{name}.{kind}").read_text(encoding="utf-8")


def _embedded(value: Any) -> Markup:
    """JSON that can stand inside a script element: no text in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))
