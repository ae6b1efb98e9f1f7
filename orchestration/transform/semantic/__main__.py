"""Write what is made from the KPI catalogue again, after a change of it: semantic layer, contracts, documentation."""

from orchestration.extracts.sources import DBT_PROJECT
from orchestration.transform.semantic.contracts import CONTRACTS, contract
from orchestration.transform.semantic.metrics import SEMANTIC_FILE, semantic_yaml
from orchestration.transform.semantic.pages import KPI_BLOCKS, OVERVIEW, PAGE, kpi_blocks, kpis_page, overview

MADE = {KPI_BLOCKS: kpi_blocks, OVERVIEW: overview, SEMANTIC_FILE: semantic_yaml}

if __name__ == "__main__":
    for path, content in MADE.items():
        (DBT_PROJECT / path).write_text(content(), encoding="utf-8")
    for path in CONTRACTS:
        (DBT_PROJECT / path).write_text(contract(path), encoding="utf-8")
    (DBT_PROJECT.parent / PAGE).write_text(kpis_page(), encoding="utf-8")
