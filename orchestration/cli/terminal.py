"""What commands print for people: text with colour on a terminal, plain when piped."""

import sys

from rich.console import Console

from orchestration.cli.document import print_json

__all__ = ["console", "print_json"]

_PIPED_WIDTH = 1000  # nothing is cut or wrapped where a program reads it


def console() -> Console:
    """Return a console on standard output; rich leaves colour away where that is no terminal or NO_COLOR is set."""
    return Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else _PIPED_WIDTH)
