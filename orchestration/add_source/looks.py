"""The tables of what people name: a file, a folder, a URL; each with what the settings call its file."""

import glob
from pathlib import Path

from orchestration.add_source.look import Look, look
from orchestration.errors import ExtractError, SettingsError, UnknownFileError
from orchestration.extracts.find.discover import FoundFile, discover_sheet
from orchestration.settings import Settings, Sheet


def looks_of(settings: Settings, file: str, left_out: dict[str, str]) -> list[tuple[str, Look]]:
    """Each table below `file`; what can't be read is put into `left_out` with the reason.

    Raises:
        UnknownFileError: there is no such file, or it is none that holds data.
    """
    local = None if "://" in file else Path(file).expanduser()
    if local is not None and not local.exists():
        error = UnknownFileError(f"{file}: no such file")
        error.next_step = "Look at the name; paths are relative to the folder you are in."
        raise error
    looked: list[tuple[str, Look]] = []
    found = _found(settings, file, local)
    for one in found:
        try:
            tables = look(one)
        except ExtractError as error:
            left_out[one.name] = str(error)
            continue
        if one.member and sum(other.path == one.path for other in found) > 1:
            left_out[one.name] = "is one of several tables in an archive; unpack it and add them one by one"
            continue
        written = one.path if local is None else written_as(settings, Path(one.path))
        for table in tables:
            if table.is_hidden:
                left_out[table.label] = "is a hidden sheet, not added unseen; unhide it in the workbook to add it"
            else:
                looked.append((written, table))
    return looked


def _found(settings: Settings, file: str, local: Path | None) -> list[FoundFile]:
    written = file if local is None else written_as(settings, local)
    alone = settings.model_copy(update={"sheets": [Sheet(entity="", files=[written])]})
    try:
        return discover_sheet(alone, 0)
    except SettingsError as error:
        if local is None:
            raise
        what = "holds no file" if local.is_dir() else "is none of the files that a run reads"
        raise UnknownFileError(
            f"{file}: {what}; names that begin with a dot or end in .md, .tmp, .part, .bak are passed over"
        ) from error


def written_as(settings: Settings, path: Path) -> str:
    """A path as the settings say it: relative to the workspace where it lies in there, marks of patterns escaped."""
    absolute = path.resolve() if ".." in path.parts else path.absolute()
    for root in (settings.workspace, settings.workspace.resolve()):
        if absolute.is_relative_to(root):
            absolute = absolute.relative_to(root)
            break
    return glob.escape(absolute.as_posix())
