"""`mf` as a process, without its look at the package registry for a newer version: a query needs no network."""

from dbt_metricflow.cli import main


class NoUpdates:
    """Knows of no newer version."""

    def check(self, package_name: str, package_version: str) -> None:
        """Return none, at once."""


if __name__ == "__main__":
    main.UpdateChecker = NoUpdates
    main.cli()
