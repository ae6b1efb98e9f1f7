"""Files that a source with a folder of its own reads: its folder is named in the settings, nothing is mapped."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from orchestration.add_source.connectors import Connector, connector_of, is_landed, is_named_for
from orchestration.add_source.look import Look
from orchestration.add_source.looks import written_as
from orchestration.add_source.planned import Plan
from orchestration.add_source.prove import prove_feed
from orchestration.errors import ExtractError
from orchestration.extracts.feed import connector_feed
from orchestration.extracts.find.discover import discover_source, table_by_name
from orchestration.extracts.find.remote import is_url
from orchestration.extracts.source_specs import SourceSpec
from orchestration.settings import Settings, Source

_LOST = 0.05  # share of rows that may be unreadable in an export that a source knows


def without_connectors(
    settings: Settings, sources: Mapping[str, SourceSpec], looks: Sequence[tuple[str, Look]], made: Plan
) -> list[tuple[str, Look]]:
    """Put what a source reads into the plan; returns the other tables, which are to be guessed."""
    told = [(written, one, _proved(settings, sources, written, one)) for written, one in looks]
    rest: list[tuple[str, Look]] = []
    folders: dict[str, set[str]] = {}
    for written, one, connector in told:
        if connector and connector.table:
            folders.setdefault(_folder(written), set()).add(connector.source)
            _place(settings, sources, made, connector, written, one)
    for written, one, connector in told:
        if connector and connector.table:
            continue
        beside = folders.get(_folder(written), set())
        named = [name for name in sorted(beside) if is_named_for(one, sources[name])]
        readers = named or sorted(beside)
        own = [Connector(name, table) for name in readers if (table := table_by_name(sources[name], one.file))]
        if len(own) == 1:  # in that folder it is read, whatever else could be told
            _place(settings, sources, made, own[0], written, one)
        elif connector or named:
            made.left_out[one.label] = _not_read(connector.source if connector else named[0], "is a table")
        elif beside and is_landed(one):
            made.left_out[one.label] = _not_read(" or ".join(sorted(beside)), "lies among the tables")
        else:
            rest.append((written, one))
    return rest


def _proved(settings: Settings, sources: Mapping[str, SourceSpec], written: str, one: Look) -> Connector | None:
    """The source that a file is of, if its rows can be read as that source's table; of unknown layout, it is none."""
    connector = connector_of(one, sources)
    if connector is None or connector.table is None or connector.source in settings.sources:
        return connector
    named = {**settings.sources, connector.source: Source(path=_folder(written))}
    after = settings.model_copy(update={"sources": named})
    table = sources[connector.source].tables[connector.table]
    try:
        proof = prove_feed(connector_feed(after, sources[connector.source], table), [one.file])
    except ExtractError:
        return None
    return connector if proof.refused <= _LOST * proof.rows else None


def read_already(settings: Settings, sources: Mapping[str, SourceSpec], written: str) -> str | None:
    """The source of the settings whose folder holds the file, and as which table it is read there."""
    for name, source in settings.sources.items():
        if is_url(source.path) != is_url(written):
            continue
        for table, files in discover_source(settings, sources[name]).by_table.items():
            if any(written_as(settings, Path(file.path)) == written for file in files):
                return f"sources.{name} reads it already as {table}"
    return None


def _place(
    settings: Settings,
    sources: Mapping[str, SourceSpec],
    made: Plan,
    connector: Connector,
    written: str,
    one: Look,
) -> None:
    name, table = connector.source, str(connector.table)
    if name not in settings.sources:
        folder = _folder(written)
        if made.connectors.setdefault(name, folder) == folder:
            made.tables[name] = sorted({*made.tables.get(name, []), table})
        else:
            made.left_out[one.label] = (
                f"is a table of {name}, whose others lie in {made.connectors[name]}; put all of them into one folder"
            )
        return
    path = settings.sources[name].path
    made.left_out[one.label] = f"is a table of {name}, whose files lie in {path}; put it there"


def _not_read(source: str, what: str) -> str:
    return (
        f"{what} of {source}, but is none that a run reads: it breaks down what others say, or says what no KPI needs "
        "(docs/sources.md); --entity takes it nevertheless"
    )


def _folder(written: str) -> str:
    return written.rpartition("/")[0] or "."
