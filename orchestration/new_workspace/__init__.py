"""The folder of a new company: commented settings that validate, a place for extracts, what git shall ignore."""

from orchestration.new_workspace.write import EXAMPLE_FILES, Answers, known_sources, make

__all__ = ["EXAMPLE_FILES", "Answers", "known_sources", "make"]
