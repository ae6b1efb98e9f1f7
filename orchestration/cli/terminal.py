"""What commands print for people: text with colour on a terminal, plain when piped."""

import re
import sys
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.segment import Segment

from orchestration.cli.document import print_json

__all__ = ["SafeConsole", "console", "print_json"]

_PIPED_WIDTH = 1000  # nothing is cut or wrapped where a program reads it
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class SafeConsole(Console):
    """A console on which text of files changes nothing: an escape character in a campaign's name is left out."""

    def render(self, renderable: Any, options: Any = None) -> Iterable[Segment]:
        """Give the segments of a renderable, those of its text without control characters."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(_CONTROL.sub("", segment.text), segment.style)


def console() -> Console:
    """Return a console on standard output; rich leaves colour away where that is no terminal or NO_COLOR is set."""
    return SafeConsole(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else _PIPED_WIDTH)
