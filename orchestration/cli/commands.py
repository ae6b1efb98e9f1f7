"""Every command by the module that holds it; importing them registers them."""

from orchestration.cli import (
    add_source,
    diff,
    figures,
    init,
    metrics,
    publication,
    pull,
    report,
    run,
    status,
    tools,
)

__all__ = [
    "add_source",
    "diff",
    "figures",
    "init",
    "metrics",
    "publication",
    "pull",
    "report",
    "run",
    "status",
    "tools",
]
