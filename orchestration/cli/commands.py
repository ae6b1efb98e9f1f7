"""Every command by the module that holds it; importing them registers them."""

from orchestration.cli import figures, metrics, publication, run, tools

__all__ = ["figures", "metrics", "publication", "run", "tools"]
