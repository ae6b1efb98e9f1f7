"""Which two marts are meant: files, workspaces, kept marts by name, or the publication before and the current one."""

from pathlib import Path

from orchestration.errors import CannotCompareError, FunnelmartError
from orchestration.publish.history import history_folder, kept_before, kept_marts, name_of
from orchestration.settings import Settings, load_settings, workspace_path


def two_marts(workspace: Path | None, old: str | None, new: str | None) -> tuple[Path, Path]:
    """Return the files to compare: without `old` the mart before the published one, without `new` the published one.

    Either may be a file, the folder of a workspace (its published mart) or the name of a kept mart, or a part of it.
    Settings of `workspace` are read only where a side needs them.

    Raises:
        CannotCompareError: there is no such mart, or none before the published one.
    """
    try:
        new_path = _named(workspace, new) if new else _settings(workspace).published_path
        old_path = _named(workspace, old) if old else _before(_settings(workspace))
    except CannotCompareError:
        raise
    except FunnelmartError as error:
        raise CannotCompareError(str(error)) from error
    return old_path, new_path


def settings_for(workspace: Path | None, mart: Path) -> Settings:
    """The settings of the workspace whose engine compares; those that any has where files of no workspace are compared.

    Settings with a mistake keep nobody from comparing files.
    """
    try:
        return _settings(workspace)
    except FunnelmartError:
        return Settings(workspace=mart.parent, company="none")


def _named(workspace: Path | None, name: str) -> Path:
    path = Path(name).expanduser()
    if path.is_dir():
        return load_settings(path).published_path
    if path.exists():
        return path
    kept = kept_marts(_settings(workspace)) if path.parent == Path() else []
    found = [entry for entry in kept if entry.name == name] or [entry for entry in kept if name in entry.name]
    if len(found) != 1:
        names = ", ".join(entry.name for entry in kept) or "none"
        raise CannotCompareError(
            f"{name!r} is no file, and fits {len(found)} of the kept marts; expected one of: {names}"
        )
    return found[0].path


def _before(settings: Settings) -> Path:
    """The kept mart that was published before the current one, as `rollback` would take it."""
    live = settings.published_path
    if not live.exists():
        raise CannotCompareError(f"{live}: nothing is published yet; expected a `funnelmart run` before")
    older = kept_before(settings, name_of(live))
    if not older:
        raise CannotCompareError(f"{history_folder(settings)}: no mart older than the published one is kept")
    return older[-1].path


def _settings(workspace: Path | None) -> Settings:
    return load_settings(workspace_path(workspace))
