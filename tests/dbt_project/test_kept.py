"""Tables that would come out as they are stay, and of some the changed parts alone are built: as a full build would."""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.settings import Settings
from tests.dbt_project.small_project import SmallProject

ALL = {"sales", "rates", "shops", "named"}
# what the models say, from raw alone
FULL = """
    select 'sales', shop, day, amount * (select max(rate) from raw.rates),
        row_number() over (partition by shop order by day desc, amount desc) = 1
    from raw.sales
    union all
    select 'named', upper(shop), (select today from raw.run), null, null from (select distinct shop from raw.sales)
    order by all"""
BUILT = """
    select 'sales', shop, day, amount, is_last from main.sales
    union all
    select 'named', shop, today, null, null from main.named
    order by all"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallProject]:
    with SmallProject(tmp_path_factory.mktemp("small") / "project") as opened:
        yield opened


def test_what_has_not_changed_is_kept(project: SmallProject) -> None:
    project.sql("insert into raw.sales values ('a', '2024-01-01', 5), ('a', '2024-01-02', 7), ('b', '2024-01-01', 1)")
    assert project.build() == ALL
    assert project.build() == set()
    assert project.sql("select shop from main.shown order by all") == [("a",), ("b",)]  # made by a hook of a kept table

    # the run starts later: no model names now_at
    project.sql("update raw.run set now_at = now_at + interval 1 hour")
    assert project.build() == set()

    # a new sale of a known shop: the shops are built again, and are what they were
    project.sql("insert into raw.sales values ('a', '2024-01-03', 9)")
    assert project.build() == {"sales", "shops"}
    assert project.sql(BUILT) == project.sql(FULL)

    # one more rate below the greatest: the sales read the greatest alone
    project.sql("insert into raw.rates values (1)")
    assert project.build() == {"rates"}

    project.sql("update raw.run set today = today + 1")
    assert project.build() == {"named"}
    assert project.sql(BUILT) == project.sql(FULL)


def test_a_part_alone_is_built_again(project: SmallProject) -> None:
    project.sql("delete from raw.sales", "insert into raw.sales values ('a', '2024-01-01', 5), ('b', '2024-01-01', 1)")
    project.build()
    project.sql("update main.sales set amount = 77 where shop = 'a'")  # so that it shows which rows were made again

    project.sql("insert into raw.sales values ('b', '2024-01-02', 2)")

    assert project.build() == {"sales", "shops"}
    assert project.sql("select shop, amount, is_last from main.sales order by all") == [
        ("a", 77, True),
        ("b", 2, False),
        ("b", 4, True),
    ]
    assert project.build("--full-refresh") == ALL
    assert project.sql(BUILT) == project.sql(FULL)


def test_other_code_builds_everything(project: SmallProject) -> None:
    project.build(code="1")
    assert project.build(code="2") == ALL
    assert project.build(code="2") == set()


def test_a_test_is_run_again_when_its_table_has_changed_or_it_failed(project: SmallProject) -> None:
    project.sql("delete from raw.sales", "insert into raw.sales values ('a', '2024-01-01', 5)")
    project.build()
    project.sql("insert into raw.sales values (null, '2024-01-01', 5)")
    for _ in range(2):
        with pytest.raises(AssertionError, match="not_null_shops_shop"):
            project.build()
    project.sql("delete from raw.sales where shop is null")
    project.build()


def test_any_sequence_of_changes_gives_what_a_full_build_does(project: SmallProject) -> None:
    dice = random.Random(7)
    for _ in range(12):
        for _ in range(dice.randint(0, 2)):
            shop, day = f"'{dice.choice('abc')}'", f"date '2024-01-{dice.randint(1, 9):02}'"
            project.sql(dice.choice([
                f"insert into raw.sales values ({shop}, {day}, {dice.randint(1, 9)})",
                f"delete from raw.sales where shop = {shop} and day > {day}",
                f"update raw.sales set amount = amount + 1 where shop = {shop} and day <= {day}",
                f"insert into raw.rates values ({dice.randint(1, 4)})",
                f"update raw.run set today = {day}",
                "delete from raw.rates where rate = (select max(rate) from raw.rates)",
            ]))  # fmt: skip
        project.build(code=str(dice.choice([3, 3, 3, 4])))
        assert project.sql(BUILT) == project.sql(FULL)


def test_another_process_sends_what_an_earlier_one_sent_of_the_same_code(tmp_path: Path) -> None:
    folder = tmp_path / "project"
    with SmallProject(folder) as project:
        project.build(code="1")
    sent = json.loads((folder / "sent.json").read_text())
    by_name = {node.split(".")[2]: said for node, said in sent["nodes"].items()}
    assert {name for name, said in by_name.items() if "create" in said} == ALL | {"staged"}
    assert [name for name, said in by_name.items() if "check" in said] == ["not_null_shops_shop"]
    assert [name for name, said in by_name.items() if "after" in said] == ["shops"]
    assert by_name["rates"]["code"] in by_name["rates"]["create"]
    for name, code in (("rates", "select 99 as rate"), ("staged", "select *, 'sent' as how from raw.sales")):
        by_name[name]["create"] = by_name[name]["create"].replace(by_name[name]["code"], code)
    by_name["shops"]["after"] = by_name["shops"]["after"].replace("main.shown", "main.shown_as_sent")
    (folder / "sent.json").write_text(json.dumps(sent))

    with SmallProject(folder) as project:
        project.sql("insert into raw.rates values (3)")
        project.sql("insert into raw.sales values ('new', '2024-01-01', 5)")
        assert {"rates", "shops"} <= project.build(code="1")
        assert project.sql("select rate from main.rates") == [(99,)]
        assert project.sql("select distinct how from main.staged") == [("sent",)]
        assert project.sql("select shop from main.shown_as_sent") == [("new",)]
        assert project.build(code="2") == ALL
        assert project.sql("select rate from main.rates order by all") == [(2,), (3,)]


def test_no_column_of_the_workspace_comes_into_a_table_by_a_star(
    empty_workspace: Settings, compiled_models: dict[str, str]
) -> None:
    """A table depends on the columns of `settings.workspace` that its SQL names, so it must name what it takes."""
    with duckdb.connect(str(empty_workspace.warehouse_path), read_only=True) as warehouse:
        columns = warehouse.execute(
            "select schema_name || '.' || table_name, column_name from duckdb_columns() where not internal"
        ).fetchall()
    # leads have a company of their own
    of_workspace = {column for table, column in columns if table == "settings.workspace"} - {"company"}
    readers = {name: sql for name, sql in compiled_models.items() if '"settings"."workspace"' in sql}
    taken = {
        (table.split(".")[1], column)
        for table, column in columns
        if column in of_workspace and (sql := readers.get(table.split(".")[1])) and not re.search(rf"\b{column}\b", sql)
    }

    assert len(readers) > 20
    assert taken == set()
