"""Files under their names, whole or not there, in a folder as in a bucket."""

from pathlib import Path

import pytest

from orchestration.errors import RemoteError, SettingsError
from orchestration.transform.spark.storage import Storage
from tests.orchestration.extracts.find.remote.servers import S3, s3_error


def text(said: str) -> "object":
    return lambda path: path.write_text(said)


def test_a_file_is_there_under_its_name_until_it_or_its_folder_is_removed(storage: Storage) -> None:
    assert (storage.files("raw"), storage.folders("raw"), storage.read_list("raw/list.json")) == ({}, [], [])
    for name in ("raw/a/1.txt", "raw/a/2.txt", "raw/b/3.txt", "rawest/4.txt"):
        storage.put(name, text(name))
    assert storage.files("raw") == {"raw/a/1.txt": 11, "raw/a/2.txt": 11, "raw/b/3.txt": 11}
    assert sorted(storage.folders("raw")) == ["raw/a", "raw/b"]
    storage.put("raw/a/1.txt", text("another"))
    storage.remove("raw/b")
    storage.remove("raw/c")
    storage.remove("raw/a/2.txt")
    assert storage.files("raw") == {"raw/a/1.txt": 7}


def test_what_fails_amidst_leaves_the_file_of_before(storage: Storage) -> None:
    def half(path: Path) -> None:
        path.write_text("ha")
        raise OSError("no space left")

    storage.put("built/now.txt", text("whole"))
    with pytest.raises(OSError, match="no space left"):
        storage.put("built/now.txt", half)
    with storage.here("built") as folder:
        assert [path.read_text() for path in folder.glob("*.txt")] == ["whole"]


def test_a_folder_is_here_as_long_as_it_is_read(storage: Storage) -> None:
    for number in (1, 2):
        storage.put(f"t/part-{number}.txt", text(str(number)))
    with storage.here("t") as folder:
        assert {path.name: path.read_text() for path in folder.iterdir()} == {"part-1.txt": "1", "part-2.txt": "2"}
    assert folder.exists() == (storage.location("t") == str(folder))


def test_spark_calls_some_of_it_otherwise(tmp_path: Path, s3: S3) -> None:
    assert Storage("s3://acme/lake/").for_spark("raw/a") == "s3a://acme/lake/raw/a"
    assert Storage(str(tmp_path)).for_spark("raw/a") == f"{tmp_path}/raw/a"


def test_a_bucket_that_may_not_be_used_is_said_in_one_line(s3: S3) -> None:
    s3.fault = lambda environ: s3_error("403 Forbidden", "AccessDenied")
    with pytest.raises(RemoteError, match=r"^engine\.storage: s3://acme/lake can't be used: .*spoiled by the test$"):
        Storage("s3://acme/lake").put("a.txt", text("a"))
    with pytest.raises(SettingsError, match="a password stands in the URL"):
        Storage("s3://id:secret@acme/lake")
