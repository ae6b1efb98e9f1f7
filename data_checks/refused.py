"""Why rows were refused, in a few lines: an example of each of the commonest reasons."""

import fnmatch
from collections.abc import Sequence
from pathlib import PurePath

from data_checks.masking import shape
from orchestration.extracts.sources import SHEETS, load_sources
from orchestration.settings import Formats, Settings
from orchestration.warehouse import open_warehouse

FIRST = 5
# checks that fail since rows were refused
_ABOUT_REFUSALS = ("_refused_share", "_nothing_kept")
_REASONS = """
    with alike as (
        select
            file, line, column_name, value, reason, source, entity,
            count(*) over (partition by entity, source, column_name, reason) as times,
            row_number() over (partition by entity, source, column_name, reason order by file, line) as place
        from intermediate.int_quarantine
    )
    select file, line, column_name, value, reason, source, entity, times
    from alike where place = 1 order by times desc, file, line limit ?
"""


def tells_of_refusals(checks: Sequence[str]) -> bool:
    """Whether one of the failed checks is explained by what was refused."""
    return any(check.endswith(_ABOUT_REFUSALS) for check in checks)


def first_reasons(settings: Settings, most: int = FIRST) -> list[str]:
    """Return the commonest reasons, one line each: file, line, column, the value's shape, what was expected."""
    with open_warehouse(settings.warehouse_path, read_only=True) as warehouse:
        found = warehouse.execute(_REASONS, [most]).fetchall()
    return [_line(settings, *row) for row in found]


def _line(
    settings: Settings, file: str, line: int | None, column: str | None, value: str | None, reason: str, source: str,
    entity: str, times: int,
) -> str:  # fmt: skip
    place = file if line is None else f"{file}:{line}"
    what = " ".join(filter(None, (column, None if value is None else repr(shape(value[:40])))))
    wanted = expected(_formats(settings, source, entity, file), reason)
    more = f" ({times:,} alike)" if times > 1 else ""
    return f"{place} {what}: {reason}{wanted}{more}".replace(" :", ":")


def expected(formats: Formats, reason: str) -> str:
    """How the file is said to write what could not be read; nothing where the reason is another one."""
    if not reason.startswith("no readable"):
        return ""
    if "number" in reason:
        marks = f"decimal {formats.decimal!r}" + (f", thousands {formats.thousands!r}" if formats.thousands else "")
        return f", expected {marks}"
    if "date" in reason or "time" in reason:
        return f", expected {formats.timestamp or formats.date or 'ISO, such as 2024-12-31'}"
    return ""


def _formats(settings: Settings, source: str, entity: str, file: str) -> Formats:
    for sheet in settings.sheets:
        if sheet.entity == entity and any(_fits(file, pattern) for pattern in sheet.files):
            return sheet.formats
    if source in settings.sources and source != SHEETS:
        own = settings.sources[source].formats
        tables = load_sources()[source].tables.values() if source in load_sources() else ()
        return own if own != Formats() or not tables else next(iter(tables)).formats
    return Formats()


def _fits(file: str, pattern: str) -> bool:
    return file == pattern or fnmatch.fnmatch(file, pattern) or PurePath(file).name == PurePath(pattern).name
