"""Write what is made from the KPI catalogue again, after a change of it: semantic layer and documentation."""

from orchestration.extracts.sources import DBT_PROJECT
from orchestration.transform.semantic.metrics import SEMANTIC_FILE, semantic_yaml
from orchestration.transform.semantic.pages import KPI_BLOCKS, OVERVIEW, kpi_blocks, overview

MADE = {KPI_BLOCKS: kpi_blocks, OVERVIEW: overview, SEMANTIC_FILE: semantic_yaml}

if __name__ == "__main__":
    for path, content in MADE.items():
        (DBT_PROJECT / path).write_text(content(), encoding="utf-8")
