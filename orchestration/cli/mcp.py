"""`funnelmart mcp`: the published mart for assistants that speak the Model Context Protocol."""

import importlib.metadata
import sys

from orchestration.cli.app import AsJson, Workspace, command
from orchestration.cli.terminal import print_json
from orchestration.errors import MissingExtraError
from orchestration.settings import load_settings, workspace_path


@command
def mcp(workspace: Workspace = None, as_json: AsJson = False) -> None:
    """Answer an assistant over standard input and output: KPIs, bridge, goals, findings, health, SQL; read-only.

    An assistant starts this command itself; --json prints what its settings need for that. docs/assistant.md.

    [bold]Examples[/]

    funnelmart mcp -w ~/acme --json

    funnelmart mcp -w ~/acme
    """
    settings = load_settings(workspace_path(workspace))
    if as_json:
        started = {"command": sys.executable, "args": ["-m", "orchestration.cli", "mcp", "-w", str(settings.workspace)]}
        print_json({"mcpServers": {"funnelmart": started}})
        return
    try:
        from orchestration.cli.mcp_tools import server_of
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"mcp: {error.name} is not installed; expected `pip install 'funnelmart[mcp]'`"
        ) from error
    server_of(settings, importlib.metadata.version("funnelmart")).run("stdio")
