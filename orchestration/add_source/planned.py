"""A plan: what each file that add-source looked at becomes."""

from dataclasses import dataclass, field
from pathlib import Path

from orchestration.add_source.look import Look
from orchestration.add_source.proposal import Proposal


@dataclass
class Plan:
    """`connectors`: source -> folder, `tables`: source -> its tables there, `known`: what the settings read already,
    `left_out`: table of a file -> why it becomes nothing, `unknown` are tables that nobody could tell,
    `folder` that of the models which were written.
    """

    proposals: list[Proposal] = field(default_factory=list)
    connectors: dict[str, str] = field(default_factory=dict)
    tables: dict[str, list[str]] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    unknown: list[tuple[str, Look]] = field(default_factory=list)
    folder: Path | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not self.proposals and not self.connectors
