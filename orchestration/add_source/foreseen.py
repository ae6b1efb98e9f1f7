"""What a run would refuse of the files that the settings name, file by file, without writing anything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from orchestration.add_source.prove import Proof, read_as_a_run
from orchestration.add_source.rates import known_rates
from orchestration.add_source.refusals import Rule, rules_of
from orchestration.errors import ExtractError
from orchestration.extracts.feed import Feed, connector_feed, sheet_feeds
from orchestration.extracts.find.discover import discover_sheet, discover_source
from orchestration.extracts.find.listing import FoundFile
from orchestration.extracts.limits import limited_by, one_file
from orchestration.extracts.source_specs import SourceSpec
from orchestration.extracts.sources import SHEETS
from orchestration.settings import Settings


@dataclass(frozen=True)
class Foreseen:
    """A file of which a run would refuse rows, or all of it, which `problem` says why.

    `reasons` count rows by what is wrong with them; a row may have several.
    """

    source: str
    table: str
    file: str
    rows: int = 0
    refused: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    problem: str | None = None


def foreseen(settings: Settings, sources: Mapping[str, SourceSpec]) -> Iterator[Foreseen]:
    """Read every file by the rules of a run and yield those of which something would be refused.

    Of connectors' tables only what can't be read or is missing is foreseen: their rows become records in the models.

    Raises:
        RemoteError: a remote place can't be listed.
    """
    with limited_by(settings):
        for feed, rules, files in _work(settings, sources):
            for found in files:
                if one := _look(feed, rules, found):
                    yield one


def _work(settings: Settings, sources: Mapping[str, SourceSpec]) -> Iterator[tuple[Feed, list[Rule], list[FoundFile]]]:
    tables = sources[SHEETS].tables
    rates = known_rates(settings, tables["fx_rates"])
    for table in tables.values():
        for feed in sheet_feeds(settings, table):
            yield feed, rules_of(table, settings, feed.currency, rates), discover_sheet(settings, feed.position or 0)
    for name in settings.sources:
        found = discover_source(settings, sources[name])
        for table in sources[name].tables.values():
            yield connector_feed(settings, sources[name], table), [], found.by_table[table.name]


def _look(feed: Feed, rules: list[Rule], found: FoundFile) -> Foreseen | None:
    proof, problem = Proof(), None
    try:
        with one_file():
            read_as_a_run(feed, found, rules, proof)
    except ExtractError as error:
        problem = str(error)
    if not (problem or proof.refused):
        return None
    table = feed.table
    return Foreseen(table.source, table.name, found.name, proof.rows, proof.refused, proof.reasons, problem)
