"""Publication of the mart: built aside, verified, swapped in atomically, with a history to roll back to."""

from orchestration.publish.history import HistoryEntry, kept_marts
from orchestration.publish.publication import publish
from orchestration.publish.records import PublishedMart, RunInfo, TableDescription
from orchestration.publish.rollback import rollback

__all__ = ["HistoryEntry", "PublishedMart", "RunInfo", "TableDescription", "kept_marts", "publish", "rollback"]
