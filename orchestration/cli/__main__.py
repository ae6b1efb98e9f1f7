"""Entry point of the command `funnelmart`; `python -m orchestration.cli` is the same without an installation."""

import sys

import orchestration.cli.commands  # noqa: F401  registers the commands
from orchestration.cli.app import app


def main() -> None:
    """Run the command that the arguments name."""
    sys.exit(app())


if __name__ == "__main__":
    main()
