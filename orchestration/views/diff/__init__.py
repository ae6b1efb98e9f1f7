"""Two published marts side by side: which tables differ, by which rows, and which KPIs moved where."""

from orchestration.views.diff.found import MartDiff, Move, TableDiff, Tolerance
from orchestration.views.diff.marts import compare_marts
from orchestration.views.diff.sides import settings_for, two_marts

__all__ = ["MartDiff", "Move", "TableDiff", "Tolerance", "compare_marts", "settings_for", "two_marts"]
