"""Write the semantic models and metrics again after a change of the KPI catalogue."""

from orchestration.dbt import DBT_PROJECT
from orchestration.semantic.metrics import SEMANTIC_FILE, semantic_yaml

if __name__ == "__main__":
    (DBT_PROJECT / SEMANTIC_FILE).write_text(semantic_yaml(), encoding="utf-8")
