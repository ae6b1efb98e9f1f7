"""Every command by the module that holds it, in the order in which people meet them.

The module of a command is imported when the command is asked for: what only reads the published mart must not wait for
Dagster, dbt or a library that another command needs.
"""

from orchestration.cli.lazy import Group

COMMANDS = {
    "init": "init",
    "add-source": "add_source",
    "validate": "tools",
    "pull": "pull",
    "run": "run",
    "status": "status",
    "kpis": "figures",
    "sql": "sql",
    "report": "report",
    "suggest": "suggest",
    "export": "export",
    "rollback": "publication",
    "diff": "diff",
    "rebuild": "rebuild",
    "forget": "people",
    "key": "people",
    "explain": "checks",
    "accept": "checks",
    "notify": "notify",
    "ui": "tools",
    "docs": "tools",
    "demo": "tools",
    "mf": "metrics",
    "mcp": "mcp",
}

Group.modules = COMMANDS
