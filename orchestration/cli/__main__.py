"""`python -m orchestration.cli`: the same command without an installation."""

from orchestration.cli.app import main

if __name__ == "__main__":
    main()
