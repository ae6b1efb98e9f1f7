"""Where Spark's tables lie: a folder that every machine sees, or one in a bucket; files by their names below it.

A file has its name when it is whole: in a folder it is renamed to it, in a bucket an upload is there whole or not
at all. Nothing but single files is renamed, since a bucket can't: a folder is what a list of names says, written last.
"""

import json
import os
import posixpath
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import fsspec

from orchestration.extracts.find.remote import files_below, is_url, open_remote, reaching

_SPARK_NAMES = {"s3": "s3a"}  # of the protocols; the others are called the same there


class Storage:
    """Files below `root`, an absolute path or a URL; names are relative to it, divided by `/`.

    Raises:
        MissingExtraError: what reads such a URL is not installed.
        RemoteError: (each method) the bucket can't be reached or may not be used.
    """

    def __init__(self, root: str) -> None:
        self.root = root.rstrip("/")
        self._is_bucket = is_url(root)
        if self._is_bucket:
            self._files, self._path = open_remote("engine.storage", self.root)
        else:
            self._files, self._path = fsspec.filesystem("file"), os.path.abspath(self.root)

    def make(self) -> None:
        """Let the root be there; a bucket has to be."""
        if not self._is_bucket:
            Path(self._path).mkdir(parents=True, exist_ok=True)

    def location(self, name: str) -> str:
        """Path or URL of a file or folder."""
        return f"{self.root}/{name}"

    def for_spark(self, name: str) -> str:
        """Path or URL of a file or folder, as Spark calls it."""
        protocol, divider, rest = self.location(name).partition("://")
        return f"{_SPARK_NAMES.get(protocol, protocol)}{divider}{rest}"

    def put(self, name: str, write: Callable[[Path], object]) -> None:
        """Let `write` fill a file of this machine, which then has its name."""
        if self._is_bucket:
            with TemporaryDirectory() as folder:
                aside = Path(folder) / "file"
                write(aside)
                with self._reaching():
                    self._files.put_file(str(aside), self._full(name))
            return
        path = Path(self._full(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{path.name}.part")  # hidden from Spark
        write(aside)
        os.replace(aside, path)

    def put_list(self, name: str, content: Sequence[Any]) -> None:
        """Write a list of dataclasses as JSON."""
        self.put(name, lambda path: path.write_text(json.dumps([asdict(one) for one in content])))

    def read_list(self, name: str) -> list[dict[str, Any]]:
        """What `put_list` has written; nothing where there is no such file."""
        with self._reaching():
            content = self._files.cat_file(self._full(name)) if self._is_there(name) else b"[]"
        found: list[dict[str, Any]] = json.loads(content)
        return found

    def files(self, folder: str) -> dict[str, int]:
        """Name -> bytes of all files at or below a folder; none where there is no folder."""
        with self._reaching():
            if not self._is_there(folder):
                return {}
            found = files_below(self._files, self._full(folder))
        return {path.removeprefix(f"{self._path}/"): info["size"] for path, info in found.items()}

    def folders(self, folder: str) -> list[str]:
        """Names of the folders in a folder; none where there is no such folder."""
        with self._reaching():
            if not self._is_there(folder):
                return []
            found = self._files.ls(self._full(folder), detail=True)
        paths = [info["name"].rstrip("/") for info in found if info["type"] == "directory"]
        return [f"{folder}/{posixpath.basename(path)}" for path in paths]

    def remove(self, name: str) -> None:
        """Remove a file, or a folder with all that is in it; nothing happens where there is none."""
        with self._reaching():
            if self._is_there(name):
                self._files.rm(self._full(name), recursive=True)

    @contextmanager
    def here(self, folder: str) -> Iterator[Path]:
        """A folder of this machine with the files of a folder: the same one, or a copy that is gone after the block."""
        if not self._is_bucket:
            yield Path(self._full(folder))
            return
        with TemporaryDirectory() as copy:
            names = list(self.files(folder))
            with self._reaching():
                targets = [str(Path(copy) / posixpath.basename(name)) for name in names]
                self._files.get([self._full(name) for name in names], targets)
            yield Path(copy)

    def _full(self, name: str) -> str:
        return f"{self._path}/{name}"

    def _is_there(self, name: str) -> bool:
        self._files.invalidate_cache()  # Spark writes there too
        return bool(self._files.exists(self._full(name)))

    def _reaching(self) -> AbstractContextManager[None]:
        return reaching(f"engine.storage: {self.root} can't be used") if self._is_bucket else nullcontext()
