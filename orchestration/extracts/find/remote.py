"""Extracts behind a URL: opened with credentials of the environment, and listed to the end or not at all."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import fsspec
from fsspec.utils import glob_translate

from orchestration.errors import FunnelmartError, MissingExtraError, RemoteError, SettingsError
from orchestration.settings.credentials import one_line

GLOB = re.compile(r"[*?\[]")
_PASSWORD = re.compile(r"://[^/@]*:[^/@]*@")
_LASTING = (PermissionError, FileNotFoundError, NotADirectoryError, IsADirectoryError)
_REFUSED = (401, 403)
_LASTING_NAMES = (
    "NoCredentials",
    "PartialCredentials",
    "HostKeyNotVerifiable",
    "DefaultCredentials",
    "PermissionDenied",
)
_SFTP = {
    "username": "SFTP_USERNAME",
    "password": "SFTP_PASSWORD",
    "client_keys": "SFTP_KEY_FILE",
    "passphrase": "SFTP_KEY_PASSPHRASE",
    "known_hosts": "SFTP_KNOWN_HOSTS",
}


def is_url(location: str) -> bool:
    """Whether a place of the settings is a URL rather than a path of this machine."""
    return "://" in location


def open_remote(where: str, url: str) -> tuple[Any, str]:
    """Return the file system of `url` and the path on it; `where` begins error messages.

    Raises:
        SettingsError: a password stands in the URL, or nothing knows such URLs.
        MissingExtraError: what knows such URLs isn't installed.
        RemoteError: it can't be connected to.
    """
    if _PASSWORD.search(url):
        raise SettingsError(f"{where}: a password stands in the URL; expected it in the environment (docs/remote.md)")
    protocol = url.partition("://")[0]
    if {"http", "https"} & set(re.findall(r"(\w+)://", url)):
        raise SettingsError(f"{where}: {url}: web addresses are not fetched; expected a path, s3://, gs:// or sftp://")
    with reaching(f"{where}: {url} can't be reached"):
        try:
            return fsspec.core.url_to_fs(url, **(_sftp_options() if protocol in ("sftp", "ssh") else {}))
        except ImportError as error:
            raise MissingExtraError(f"{where}: {protocol}:// needs an optional package: {error}") from error
        except ValueError as error:
            raise SettingsError(f"{where}: {url}: {error}; expected a path, s3://, gs:// or sftp://") from error


def list_remote(filesystem: Any, path: str) -> dict[str, dict[str, Any]]:
    """Return path -> what is known of it, of all files at or below `path`, which may be a pattern; empty if none is.

    fsspec's own `find` and `glob` leave out a folder that fails in the middle of a listing; this raises instead.
    """
    filesystem.invalidate_cache()
    pattern = GLOB.search(path)
    try:
        if pattern is None:
            return files_below(filesystem, path)
        root, _, prefix = path[: pattern.start()].rpartition("/")
        depth = None if "**" in path else path[pattern.start() :].count("/")
        found = files_below(filesystem, root, prefix, depth)
    except FileNotFoundError:
        return {}
    matches = re.compile(glob_translate(path)).match
    return {name: info for name, info in found.items() if matches(name)}


def version_of(info: dict[str, Any]) -> str | None:
    """Return what changes whenever the file does: generation, ETag, else size and time of change; None if unknown."""
    tag = info.get("generation") or info.get("ETag") or info.get("etag")
    if tag:
        return f"{tag} {info.get('size')}"
    return f"{info['mtime']} {info.get('size')}" if info.get("mtime") else None


def may_pass(error: BaseException) -> bool:
    """Whether trying again later may heal it: a missing permission or file stays missing."""
    named = any(name in type(error).__name__ for name in _LASTING_NAMES)
    refused = getattr(error, "code", None) in _REFUSED or str(error).startswith("Forbidden")  # as gcsfs says it
    return not (named or refused or isinstance(error, (*_LASTING, ImportError, ValueError)))


@contextmanager
def reaching(what: str) -> Iterator[None]:
    """Turn whatever a remote backend raises (each has its own tree of errors) into one line that begins with `what`."""
    try:
        yield
    except FunnelmartError:
        raise
    except Exception as error:
        raise RemoteError(f"{what}: {one_line(error)}", may_pass(error)) from None


def files_below(filesystem: Any, path: str, prefix: str = "", depth: int | None = None) -> dict[str, dict[str, Any]]:
    """Return path -> what is known of it, of all files at or below `path`; a folder that can't be listed raises.

    Args:
        filesystem: of fsspec.
        path: a file or folder on it.
        prefix: how the rest of the path begins; only of an object store.
        depth: how many folders down at most; not of an object store.
    """
    if hasattr(filesystem, "split_path"):  # an object store: one flat listing, page by page
        found = filesystem.find(path, detail=True, **({"prefix": prefix} if prefix else {}))
        return {name: info for name, info in found.items() if info["type"] != "directory" and not name.endswith("/")}
    info = filesystem.info(path or "/")
    return dict(walk(filesystem, path, depth)) if info["type"] == "directory" else {path: info}


def walk(filesystem: Any, folder: str, depth: int | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every file below `folder` (`depth` folders down at most); a folder that can't be listed raises.

    A link is the file that it leads to. Links to folders are not followed: they may lead back.
    """
    for info in filesystem.ls(folder, detail=True):
        if info["type"] == "directory":
            if depth is None or depth > 0:
                yield from walk(filesystem, info["name"].rstrip("/"), None if depth is None else depth - 1)
        elif info["type"] == "link":
            target = filesystem.info(info["name"]) if filesystem.exists(info["name"]) else info
            if target["type"] != "directory":
                yield info["name"], target
        else:
            yield info["name"], info


def _sftp_options() -> dict[str, Any]:
    """What asyncssh shall connect with; by default its own: the agent, keys and known hosts of ~/.ssh."""
    given = {option: os.environ[name] for option, name in _SFTP.items() if os.environ.get(name)}
    return {"known_hosts": (), **given}
