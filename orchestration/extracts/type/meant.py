"""What the settings themselves say as a value (constants, defaults, meanings): canonical, or a SettingsError."""

from collections.abc import Mapping

from orchestration.errors import SettingsError
from orchestration.extracts.source_specs import TableSpec
from orchestration.extracts.type.values import EXPECTED, canonical
from orchestration.settings import Formats, Settings, cut, mistake, near
from orchestration.temporary import in_memory


def sheet_error(settings: Settings, sheet: int, key: str, problem: str) -> SettingsError:
    """An error about one sheet: file, key and what was expected."""
    return mistake(settings, f"sources.sheets[{sheet}].{key}", problem)


def meant_value(settings: Settings, sheet: int, key: str, table: TableSpec, column: str, text: str) -> str:
    """`text` for `column` in its canonical spelling; settings are written in ISO and with a decimal point.

    Raises:
        SettingsError: the entity has no such column, or the text is no value of its type.
    """
    spec = table.column(column)
    if spec is None:
        raise sheet_error(settings, sheet, key, no_column(table, column))
    if spec.data_type == "text":
        return text
    zone = settings.sheets[sheet].timezone or settings.reporting.timezone
    expression = canonical("written", spec.data_type, Formats(), zone)
    with in_memory() as connection:
        held = f"try_cast(meant as {spec.number_type})" if spec.number_type else "meant"
        meant = f"select {expression} as meant from (select trim(?) as written)"
        row = connection.execute(f"select meant from ({meant}) where {held} is not null", [text]).fetchone()
    if row is None:
        expected = f"a {EXPECTED[spec.data_type]}, dates in ISO and numbers with a decimal point"
        raise sheet_error(settings, sheet, key, f"{cut(text)} is no value of {column}; expected {expected}")
    return str(row[0])


def meant_values(
    settings: Settings, sheet: int, key: str, table: TableSpec, texts: Mapping[str, str]
) -> dict[str, str]:
    """`meant_value` of each column of `texts`."""
    return {name: meant_value(settings, sheet, f"{key}.{name}", table, name, text) for name, text in texts.items()}


def meant_mappings(settings: Settings, sheet: int, table: TableSpec) -> dict[str, dict[str, str]]:
    """`values` of a sheet: column -> value as written -> its canonical meaning ('' is null)."""
    return {
        column: {
            written: meant_value(settings, sheet, f"values.{column}.{written}", table, column, text) if text else ""
            for written, text in mapping.items()
        }
        for column, mapping in settings.sheets[sheet].values.items()
    }


def no_column(table: TableSpec, column: str) -> str:
    """Says that an entity has no such column, and which it has."""
    names = [spec.name for spec in table.columns]
    return f"{table.name} has no column {column}; expected one of {', '.join(names)}{near(column, names)}"
