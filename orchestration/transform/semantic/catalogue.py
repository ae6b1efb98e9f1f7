"""The KPI catalogue and the measures it stands on, read from the dbt macros that define them."""

import dataclasses
import re
from pathlib import Path
from typing import Any

import yaml

from orchestration.extracts.sources import DBT_PROJECT

MACROS = Path("macros") / "kpi"


@dataclasses.dataclass(frozen=True)
class Kpi:
    """One KPI as the catalogue writes it; `numerator` and `denominator` are SQL over measures."""

    id: str
    kind: str
    numerator: str
    denominator: str | None
    unit: str
    better: str
    owner: str
    dimensions: tuple[str, ...]
    name_en: str
    name_ru: str
    description_en: str
    description_ru: str
    formula: str
    matures: bool = False


def read_catalogue(project: Path = DBT_PROJECT) -> list[Kpi]:
    """Every KPI in the order of the catalogue."""
    macro = (project / MACROS / "kpi_catalogue.sql").read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = yaml.safe_load(macro.split("set text -%}")[1].split("{%- endset")[0])
    return [Kpi(**{"denominator": None, **entry, "dimensions": tuple(entry["dimensions"])}) for entry in entries]


def read_measures(project: Path = DBT_PROJECT) -> list[str]:
    """Names of the additive measures of a day, those made of others last."""
    macro = (project / MACROS / "kpi_measures.sql").read_text(encoding="utf-8")
    counted = re.findall(r"'(\w+)': '(?:count|share|money)'", macro)
    derived = re.findall(r"'(\w+)': {'formula'", macro)
    return counted + derived


def data_types(project: Path = DBT_PROJECT) -> dict[str, str]:
    """Type of each KPI's column, as the macro `kpi_data_type` says it: a build refuses a contract that differs."""
    macro = (project / MACROS / "kpi_measures.sql").read_text(encoding="utf-8")
    words = dict(re.findall(r"'(count|share|money)': '([^']+)'", macro))
    types = {name: words[word] for name, word in re.findall(r"'(\w+)': '(count|share|money)'", macro)}
    derived = re.findall(r"'(\w+)': {'formula': .+?, 'data_type': (?:(money)|kpi_measures\(\)\['(\w+)'\])}", macro)
    types |= {name: words[word] if word else types[other] for name, word, other in derived}
    types |= {stock: types[change] for stock, change in re.findall(r"'(\w+)': types\['(\w+)'\]", macro)}
    return {
        kpi.id: types[kpi.numerator] if kpi.kind in ("sum", "stock") else "double" for kpi in read_catalogue(project)
    }


def doc_blocks(project: Path = DBT_PROJECT) -> dict[str, str]:
    """Text of every doc block of `models/docs` by its name, on one line."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((project / "models" / "docs").glob("*.md"))]
    blocks = re.findall(r"{% docs (\w+) %}(.*?){% enddocs %}", "\n".join(texts), re.DOTALL)
    return {name: " ".join(text.split()) for name, text in blocks}
