"""Runs of a workspace: Dagster's home and history, who is alive, the server of its documents."""
