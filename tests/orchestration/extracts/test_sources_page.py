"""The page of sources is made from the source files, and the committed one is up to date."""

from pathlib import Path

import pytest

from orchestration.errors import SettingsError
from orchestration.extracts.sources import DBT_PROJECT, load_sources
from orchestration.extracts.sources_page import PAGE, sources_page

SOURCE = """
version: 2
sources:
  - name: shop
    description: What the shop sold.
    config: {{meta: {meta}}}
    tables:
      - name: orders
        config: {{meta: {{files: ["shop_orders*", "orders*"], required: [id], key: [id], replace_by: key}}}}
        columns: [{{name: id, data_type: text}}]
"""
META = "{title: Shop, layout: CSV, entities: [deals], get: Ask, restatement: By id, days: UTC, money: In euros}"


def page(tmp_path: Path, meta: str) -> str:
    folder = tmp_path / "models" / "staging" / "shop"
    folder.mkdir(parents=True)
    (folder / "_shop__sources.yml").write_text(SOURCE.format(meta=meta))
    return sources_page(tmp_path)


def test_the_committed_page_is_what_the_source_files_say() -> None:
    """Where this fails: `make sources`."""
    assert (DBT_PROJECT.parent / PAGE).read_text(encoding="utf-8") == sources_page()


def test_every_source_has_its_row_and_its_section() -> None:
    text = sources_page()
    for name in load_sources():
        assert f"| [`{name}`](#{name}) |" in text
        assert f"\n## {name}\n" in text


def test_a_source_says_all_that_a_reader_needs(tmp_path: Path) -> None:
    text = page(tmp_path, META)
    assert "| [`shop`](#shop) | Shop | CSV | deals |  |" in text
    assert (
        "- How to get it: Ask\n- What a newer extract replaces: By id\n- Days and times: UTC\n- Money: In euros" in text
    )
    assert "| orders | `orders*` | id | id |" in text


def test_a_source_that_leaves_something_out_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"_shop__sources\.yml: config\.meta lacks money"):
        page(tmp_path, META.replace(", money: In euros", ""))
