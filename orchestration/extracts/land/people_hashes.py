"""The hashes of people in the incoming rows of a file, each different value hashed once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import duckdb
import pyarrow as pa

from orchestration.extracts.feed import Feed
from orchestration.extracts.source_specs import FULL_NAME_HASH, ColumnSpec, Personal, TableSpec
from orchestration.extracts.sql import identifier
from orchestration.extracts.type.people import hash_normals, hash_people, normalise
from orchestration.extracts.type.prepare import INCOMING, Prepared
from orchestration.extracts.type.shared import is_shared, is_test

_AT_ONCE = 500_000  # values of people that are hashed together: some 200 MB


@dataclass
class Told:
    """Which hashes are of roles and fillers, and of tests of forms: a hash by itself doesn't tell."""

    shared: set[str] = field(default_factory=set)
    tests: set[str] = field(default_factory=set)

    def look(self, kind: Personal, normals: list[str | None], hashes: list[str | None]) -> None:
        """Look at values in their normal form, and at the hash of each."""
        told = [(hash, normal) for hash, normal in zip(hashes, normals, strict=True) if hash and normal]
        self.shared.update(hash for hash, normal in told if is_shared(normal, kind))
        self.tests.update(hash for hash, normal in told if is_test(normal, kind))

    def note(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Remember them in the working database."""
        for table, hashes in (("shared_contacts", self.shared), ("test_people", self.tests)):
            if hashes:
                connection.execute(
                    f"insert or ignore into landing.{table} select unnest(?::varchar[])", [sorted(hashes)]
                )


@dataclass(frozen=True)
class Hashes:
    """A temporary `relation` (v0, v1, …, hash) with the hash that goes into column `target` for values of `columns`."""

    target: str
    columns: tuple[str, ...]
    relation: str

    def joined(self, number: int) -> str:
        """The SQL of the join with the incoming rows."""
        equal = " and ".join(f"p{number}.v{n} = incoming.{identifier(name)}" for n, name in enumerate(self.columns))
        return f" left join {self.relation} as p{number} on {equal}"


def people_tables(connection: duckdb.DuckDBPyConnection, feed: Feed, prepared: Prepared, told: Told) -> list[Hashes]:
    """The hashes of each personal column of the incoming rows, and of full names in two; `told` learns of them."""

    def of_kind(kind: Personal, values: list[tuple[str, ...]]) -> list[str | None]:
        normals = [normalise(value, kind, feed.phone_region) for (value,) in values]
        hashes = hash_normals(normals, feed.person_key)
        told.look(kind, normals, hashes)
        return hashes

    def of_names(values: list[tuple[str, ...]]) -> list[str | None]:
        return hash_people([" ".join(names) for names in values], "name", None, feed.person_key)

    made: list[Hashes] = []
    for column in _personal(feed.table, prepared):
        assert column.personal is not None
        hashed = partial(of_kind, column.personal)
        made.append(_hashes(connection, f"{column.name}_hash", (column.name,), hashed, len(made)))
    parts = feed.table.name_parts
    if parts and prepared.filled.issuperset(parts):
        made.append(_hashes(connection, FULL_NAME_HASH, parts, of_names, len(made)))
    return made


def _hashes(
    connection: duckdb.DuckDBPyConnection,
    target: str,
    columns: tuple[str, ...],
    hashed: Callable[[list[tuple[str, ...]]], list[str | None]],
    number: int,
) -> Hashes:
    """Hash the different values of the incoming rows, some at a time: Python takes a third of a kilobyte for each."""
    relation, different = f"temp.funnelmart_people_{number}", "temp.funnelmart_different"
    names = [identifier(name) for name in columns]
    wanted = ", ".join(f"{name} as v{n}" for n, name in enumerate(names))
    there = " and ".join(f"{name} is not null" for name in names)
    connection.execute(
        f"create or replace temp table {different} as"
        f" select distinct {wanted} from {INCOMING} where _status = 'landed' and {there}"
    )
    last = connection.execute(f"select max(rowid) from {different}").fetchone()
    connection.execute(f"create or replace temp table {relation} as select *, '' as hash from {different} limit 0")
    for start in range(0, last[0] + 1 if last and last[0] is not None else 0, _AT_ONCE):
        batch = f"select * from {different} where rowid >= {start} and rowid < {start + _AT_ONCE}"
        values = connection.execute(batch).fetchall()
        by_column = {f"v{n}": pa.array([row[n] for row in values], pa.string()) for n in range(len(columns))}
        connection.register("funnelmart_people", pa.table({**by_column, "hash": pa.array(hashed(values), pa.string())}))
        connection.execute(f"insert into {relation} select * from funnelmart_people")
        connection.unregister("funnelmart_people")
    connection.execute(f"drop table {different}")
    return Hashes(target, columns, relation)


def _personal(table: TableSpec, prepared: Prepared) -> list[ColumnSpec]:
    return [column for column in table.columns if column.personal and column.name in prepared.filled]
