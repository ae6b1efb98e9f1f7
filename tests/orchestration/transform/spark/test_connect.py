"""A Spark Connect server is of one lake: whatever else is in its catalogue is somebody's, and stays."""

import pytest

from orchestration.transform.spark.connect import MARK, ServerInUseError, take_over

LAKE = "/acme/lake"


class Server:
    """Answers as a session on a Connect server does; `databases` has the comment of each."""

    def __init__(self, databases: dict[str, str], ansi: str = "true") -> None:
        self.databases, self.conf, self.said = {"default": "", **databases}, {"spark.sql.ansi.enabled": ansi}, ""

    def sql(self, statement: str) -> "Server":
        self.said = statement
        match statement.split():
            case ["drop", "schema", "if", "exists", name, "cascade"]:
                del self.databases[name.strip("`")]
            case ["create", "schema", name, "comment", text]:
                self.databases[name] = text.strip("'")
        return self

    def collect(self) -> list[tuple[str, ...]]:
        match self.said.split():
            case ["show", "databases"]:
                return [(name,) for name in self.databases]
            case ["describe", "schema", name]:
                return [("Namespace Name", name), ("Comment", self.databases[name])]
        raise AssertionError(self.said)


def take(server: Server) -> None:
    take_over(server, LAKE, {"spark.sql.ansi.enabled": "true"})


@pytest.mark.parametrize("left", [{}, {MARK: "/acme/lake", "mart": "", "staging": ""}, {MARK: "/acme/lake"}])
def test_of_an_earlier_session_of_this_lake_nothing_is_left(left: dict[str, str]) -> None:
    server = Server(left)
    take(server)
    assert server.databases == {"default": "", MARK: "/acme/lake"}


@pytest.mark.parametrize("others", [{"sales": ""}, {MARK: "/beta/lake", "mart": ""}, {MARK: "/beta/lake"}])
def test_what_is_of_others_stays_and_is_named(others: dict[str, str]) -> None:
    server = Server(others)
    with pytest.raises(
        RuntimeError, match=f"not of the lake /acme/lake: {', '.join(sorted(others))}; expected a server"
    ):
        take(server)
    assert server.databases == {"default": "", **others}


def test_a_server_that_means_something_else_is_refused() -> None:
    with pytest.raises(ServerInUseError, match=r"keeps \{'spark.sql.ansi.enabled': 'false'\}; expected"):
        take(Server({}, ansi="false"))
