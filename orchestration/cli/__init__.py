"""The command `funnelmart`."""

from orchestration.cli.app import main

__all__ = ["main"]
