"""What the dbt project has by name, read off its files: what settings may speak of."""

import csv

from orchestration.extracts.sources import DBT_PROJECT


def finding_rules() -> list[str]:
    """Names of the rules that findings come from, sorted."""
    with open(DBT_PROJECT / "seeds" / "alignment_rules.csv", encoding="utf-8", newline="") as file:
        return sorted(row["rule"] for row in csv.DictReader(file))


def published_facts() -> list[str]:
    """Names of the facts that are published, sorted."""
    return sorted(path.stem for path in (DBT_PROJECT / "models" / "marts").rglob("fct_*.sql"))
