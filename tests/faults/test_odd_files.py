"""One odd file beside a good one: it is refused by its name, the good one is landed; the number is the fault's."""

import gzip
import io
import json
import os
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from orchestration.errors import SettingsError
from orchestration.extracts.find.listing import list_files
from orchestration.extracts.land.land import land_source_table
from orchestration.extracts.sources import SHEETS
from orchestration.settings import Settings, load_settings
from tests.orchestration.extracts.conftest import SOURCES, Workspace

SHEET = {
    "files": "extracts/*",
    "fields": {"channel": "Channel", "campaign_name": "Campaign", "date": "Date", "spend": "Spend"},
}
GOOD = "Channel,Campaign,Date,Spend\ngoogle,brand,2025-06-01,1.50\n"
RECORD = {"Channel": "g", "Campaign": "c", "Date": "2025-06-01", "Spend": 1}


def archive(path: Path, members: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w") as made:
        for name, text in members.items():
            made.writestr(name, text)


def bomb(path: Path) -> None:
    with gzip.open(path, "wb") as made:
        for _ in range(100):
            made.write(bytes(1 << 20))


def bound(path: Path) -> None:
    here = os.getcwd()
    os.chdir(path.parent)  # the address of a socket is at most 108 bytes long
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


def deep(path: Path) -> None:
    path.write_text('[{"Channel":"g","x":' + "[" * 100_000 + "]" * 100_000 + "}]")


def surrogate(path: Path) -> None:
    path.write_text(json.dumps([RECORD | {"Channel": "@"}]).replace("@", "g\\ud800"))


def wide(path: Path) -> None:
    more = range(5000)
    path.write_text(
        ",".join([*RECORD, *(f"c{i}" for i in more)]) + "\n" + "g,c,2025-06-01,1," + ",".join(map(str, more))
    )


def heavy(path: Path) -> None:
    path.write_text("Channel,Campaign,Date,Spend\ng," + "c" * 20_000_001 + ",2025-06-01,1\n")


def nested(path: Path) -> None:
    path.write_text(json.dumps([RECORD]).replace('"Spend": 1', '"Spend": 1, "x": ' + "[" * 200 + "]" * 200))


def far(path: Path) -> None:
    misplaced(path, b"XFD1048576")


def misplaced(path: Path, cell: bytes = b"ZZZZZZ99999999999") -> None:
    book = openpyxl.Workbook()
    book.active.append(list(RECORD))
    whole = io.BytesIO()
    book.save(whole)
    with zipfile.ZipFile(whole) as made, zipfile.ZipFile(path, "w") as changed:
        for name in made.namelist():
            changed.writestr(name, made.read(name).replace(b'r="A1"', b'r="' + cell + b'"'))


FILES: dict[str, tuple[str, Callable[[Path], object], str]] = {
    "22 zip cut off": ("a.zip", lambda p: p.write_bytes(b"PK\x03\x04 cut off"), "is no readable zip archive"),
    "24 gzip bomb": ("a.csv.gz", bomb, "limits.unpacked_times in funnelmart.yml"),
    "25 5,004 columns": ("a.csv", wide, "has 5,004 columns; limits.columns in funnelmart.yml allows 2,000"),
    "26 value in the last cell of a sheet": ("a.xlsx", far, "a cell far outside the table"),
    "31 nested 100,000 deep": ("a.json", deep, "nested deeper than 200 levels; limits.nesting in funnelmart.yml"),
    "31 nested 201 deep": ("a.json", nested, "nested deeper than 200 levels; limits.nesting in funnelmart.yml"),
    "cell of 20 MB": ("a.csv", heavy, "has a value of 20.0 MB; limits.cell_mb in funnelmart.yml allows 20"),
    "32 lone surrogate": ("a.json", surrogate, r"holds half a character (\ud800), which is no text"),
    "27 broken reference of a cell": ("a.xlsx", misplaced, "is no readable workbook: PanicException"),
    "35 key given twice": (
        "a.json", lambda p: p.write_text('[{"Channel":"g","Campaign":"c","Date":"2025-06-01","Spend":1,"Spend":2}]'),
        "has the key 'Spend' twice in one object",
    ),
    "36 number among records": (
        "a.json", lambda p: p.write_text(json.dumps([RECORD, 7])), "record 2 is no object but a number"
    ),
    "46 named pipe": ("a.csv", os.mkfifo, "is a named pipe; expected a regular file"),
    "47 broken link": ("a.csv", lambda p: p.symlink_to("nowhere"), "is a link that leads nowhere"),
    "48 link in a circle": ("a.csv", lambda p: p.symlink_to(p.name), "is a link that leads nowhere"),
    "49 socket": ("a.csv", bound, "is a socket; expected a regular file"),
    "50 name that is no UTF-8": (
        os.fsdecode(b"\xff\xfe.csv"), lambda p: p.write_text(GOOD), "its name is no UTF-8"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "make", "said"), FILES.values(), ids=list(FILES))
def test_it_is_refused_by_name_and_the_good_one_is_landed(
    workspace: Workspace, name: str, make: Callable[[Path], object], said: str
) -> None:
    workspace.write("extracts/good.csv", GOOD)
    make(workspace.path / "extracts" / name)

    result = workspace.land("ad_spend", SHEET)

    assert result.loaded == ["extracts/good.csv"]
    ((refused, reason),) = result.refused.items()
    assert refused == "extracts/" + os.fsencode(name).decode("utf-8", "backslashreplace")
    assert said in reason
    assert workspace.rows("select file from landing.refused_files") == [(refused,)]
    assert workspace.land("ad_spend", SHEET).refused.keys() == {refused}


def test_23_members_that_lead_out_of_an_archive_are_refused_and_counted(workspace: Workspace) -> None:
    members = ("../../../evil.csv", "/abs.csv", "a/..\\b.csv")
    (workspace.path / "extracts").mkdir(exist_ok=True)
    archive(workspace.path / "extracts" / "a.zip", {"good.csv": GOOD, **dict.fromkeys(members, GOOD)})

    result = workspace.land("ad_spend", SHEET)

    assert result.loaded == ["extracts/a.zip/good.csv"]
    assert {name.partition(".zip/")[2] for name in result.refused} == set(members)
    assert list(workspace.path.rglob("*.csv")) == []


def test_a_limit_that_was_raised_lets_the_file_in(workspace: Workspace) -> None:
    workspace.write("extracts/good.csv", GOOD)
    tables = SOURCES[SHEETS].tables
    for columns, loaded in ((3, []), (4, ["extracts/good.csv"])):
        settings = workspace.settings(
            sources={"sheets": [{"entity": "ad_spend", **SHEET}]}, limits={"columns": columns}
        )
        landed = land_source_table(workspace.connection, settings, SOURCES[SHEETS], tables["ad_spend"])
        assert landed.loaded == loaded


SETTINGS: dict[str, tuple[Callable[[Path], object], str]] = {
    "60 YAML bomb": (
        lambda p: p.write_text(
            "company: A\nqualified_when:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + "".join(f"  a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 9))
        ),
        r"more than 100,000 keys and values \(limits.yaml_nodes\)",
    ),
    "61 skip_rows": (
        lambda p: p.write_text(
            "company: A\nsources: {sheets: [{entity: ad_spend, files: a, formats: {skip_rows: 999999999999}}]}"
        ),
        "skip_rows: 999999999999; limits.skip_rows allows 1,000,000",
    ),
    "62 a folder": (lambda p: p.mkdir(), "is no regular file"),
    "62 not UTF-8": (lambda p: p.write_bytes(b"company: \xff\xfe"), "is not written in UTF-8"),
    "62 nested 5,000 deep": (lambda p: p.write_text("company: " + "[" * 5000 + "]" * 5000), "nested too deeply"),
    "63 a named pipe": (os.mkfifo, "is no regular file"),
    "64 rot13": (
        lambda p: p.write_text(
            "company: A\nsources: {sheets: [{entity: ad_spend, files: a, formats: {encoding: rot13}}]}"
        ),
        "unknown encoding",
    ),
    "64 zlib": (
        lambda p: p.write_text(
            "company: A\nsources: {sheets: [{entity: ad_spend, files: a, formats: {encoding: zlib}}]}"
        ),
        "unknown encoding",
    ),
}


@pytest.mark.parametrize(("make", "said"), SETTINGS.values(), ids=list(SETTINGS))
def test_settings_that_cannot_be_read_are_one_error(tmp_path: Path, make: Callable[[Path], object], said: str) -> None:
    make(tmp_path / "funnelmart.yml")
    with pytest.raises(SettingsError, match=said):
        load_settings(tmp_path)


@pytest.mark.parametrize("url", ["http://127.0.0.1/a.csv", "simplecache::http://127.0.0.1/a.csv"])
def test_56_web_addresses_are_not_fetched(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match="web addresses are not fetched"):
        list(list_files(Settings(workspace=tmp_path, company="A"), "sources.sheets[0].files", url))


@pytest.mark.parametrize("folder", ["ws [draft]", "what*", "plain"])
def test_67_the_folder_of_a_workspace_is_no_pattern(tmp_path: Path, folder: str) -> None:
    settings = Settings(workspace=tmp_path / folder, company="A")
    extracts = tmp_path / folder / "extracts"
    (extracts / "more").mkdir(parents=True)
    (tmp_path / "ws d" / "extracts").mkdir(parents=True)
    for path in (
        extracts / "leads_1.csv",
        extracts / "more" / "leads_2.csv",
        tmp_path / "ws d" / "extracts" / "leads.csv",
    ):
        path.write_text(GOOD)

    def names(key: str, location: str) -> list[str]:
        return [file.name for file in list_files(settings, key, location)]

    assert names("sources.sheets[0].files", "extracts/leads*.csv") == ["extracts/leads_1.csv"]
    assert names("sources.sheets[0].files", "extracts/leads_1.csv") == ["extracts/leads_1.csv"]
    assert names("sources.crm.path", "extracts/*") == ["leads_1.csv"]
    assert names("sources.crm.path", "extracts") == ["leads_1.csv", "more/leads_2.csv"]
