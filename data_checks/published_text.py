"""Where people may stand in the clear: one query over every text column of what is to be published.

The forms are those of orchestration/extracts/type/in_text.py, each no wider than there, so that nothing is found which
landing leaves as it is. A column is read once; what a cheap condition finds is looked at closely.
"""

from orchestration.extracts.source_specs import names_staff
from orchestration.settings import Settings
from orchestration.warehouse import engine_config, open_warehouse, written_tables


def _times(atom: str, least: int, most: int) -> str:
    """A pattern so many times, without braces and colons, which Great Expectations and SQLAlchemy would fill in."""
    return f"({atom})" * least + f"({atom})?" * (most - least)


_DIGIT, _TWO, _THREE = "[0-9]", "[0-9][0-9]", "[0-9][0-9][0-9]"
_EMAIL = r"[\pL\pN_.%+''-]+(@|%40)[\pL\pN_-]+(\.[\pL\pN_-]+)*\.\pL\pL+"
_EDGE, _END = r"(^|[^\pL\pN_.+-])", r"([^\pL\pN_]|$)"
_GAP = r"(" + _times("[ ()/.-]", 1, 3) + "|%20)?"
_PLUS = r"(\+|%2[Bb])\(?[0-9]" + _times(_GAP + _DIGIT, 7, 14)
_BRACKETS = (
    r"([1-9][0-9]?[0-9]?[ .-]?)?\(" + _times(_DIGIT, 2, 5) + r"\)[ .-]?[ .-]?[0-9]" + _times("[ ./-]?[0-9]", 4, 9)
)
_YEAR = r"\((19|20)[0-9][0-9]\)"
_DAY = f"^[0-9]?[0-9][ ./-][0-9]?[0-9][ ./-]{_times(_DIGIT, 2, 4)}$"
_ALONE = (
    f"^(0{_times(_DIGIT, 1, 4)}[ /-][0-9]{_times('[ /-]?[0-9]', 4, 10)}|{_THREE}[-. ]{_THREE}[-. ]{_TWO}{_TWO}"
    f"|8[ -]{_THREE}[ -]{_THREE}[ -]{_TWO}[ -]{_TWO})$"
)
_MAY_BE = (
    "(contains(value, '@') or contains(value, '%40') or regexp_matches(value, "
    rf"'(\+|%2[Bb])\(?[0-9]|\([0-9][0-9]|^[0-9][0-9 ./-]{'[0-9 ./-]' * 5}'))"
)
# What the program itself says, in its words and with its figures, shapes of values, and what a company calls its files.
_OWN_TABLES = frozenset({"dim_kpi", "dim_date"})
_OWN_COLUMNS = frozenset({
    "grain", "kpi", "comparison", "dimension", "factor", "model", "credit_level", "severity", "rule", "flags",
    "currency", "evidence", "message_en", "message_ru", "action_en", "action_ru", "masked_value", "file",
})  # fmt: skip
_KNOWN = "select fingerprint from landing.known_people where kind ="


def people_sql(settings: Settings) -> dict[str, str]:
    """Return SQL to fill into checks: `people_in_text` gives `table`, `column`, `what` and the number of `texts`."""
    nothing = "select '' as \"table\", '' as \"column\", '' as what, 0 as texts where 1 = 0"
    if not settings.warehouse_path.exists():
        return {"people_in_text": nothing}
    with open_warehouse(settings.warehouse_path, True, engine_config(settings, "checks")) as warehouse:
        written = {*written_tables(warehouse), *(("mart", table) for table in settings.publish.lake)}
        found = warehouse.execute(
            "select schema_name, table_name, column_name from duckdb_columns()"
            " where schema_name in ('mart', '_meta') and data_type = 'VARCHAR' order by all"
        ).fetchall()
    columns = [column for column in found if column[:2] in written]
    judged = [
        column
        for column in columns
        if column[1] not in _OWN_TABLES and column[2] not in _OWN_COLUMNS and not column[2].endswith("_hash")
    ]
    shown = [column for column in judged if names_staff(column[2]) or column[1] == "dim_sales_rep"]
    texts = [column for column in judged if column not in shown]
    return {"people_in_text": _found(texts, shown, settings.customers.id == "company") if texts else nothing}


def _found(texts: list[tuple[str, str, str]], staff: list[tuple[str, str, str]], companies: bool) -> str:
    """Texts that equal a name or number of raw, or hold an address or telephone by its form, but for those of staff."""
    shown = " union ".join(
        f'select distinct lower("{column}") as value from "{schema}"."{table}" where "{column}" is not null'
        for schema, table, column in staff
    )
    names = "field not in ('customer_id', 'customer_key') and place <> 'mart.dim_customer' and " if companies else ""
    return f"""
        with staff as ({shown or "select '' as value"}),
        texts as ({" union all ".join(_texts(*column) for column in texts)}),
        suspects as (select * from texts where {_MAY_BE}),
        addresses as (
            select place, field, 'e-mail' as what, unnest(regexp_extract_all(value, '{_EMAIL}')) as found from suspects
        ),
        numbers as (
            select place, field, 'telephone' as what, value as found from suspects
            where case when is_key then regexp_full_match(value, '([^+]*:)?{_PLUS}') else
                regexp_matches(value, '{_EDGE}{_PLUS}{_END}')
                or regexp_matches(value, '{_EDGE}{_BRACKETS}{_END}') and not regexp_matches(value, '{_YEAR}')
                or regexp_matches(value, '{_ALONE}') and not regexp_matches(value, '{_DAY}')
            end
        ),
        known as (
            select place, field, 'name' as what, value as found from texts
            where {names}contains(value, ' ') and hash(lower(value)) in ({_KNOWN} 'name')
            union all
            select place, field, 'telephone', value from texts
            where length(value) between 8 and 16 and hash(ltrim(value, '+')) in ({_KNOWN} 'phone')
        ),
        everything as (select * from addresses union all select * from numbers union all select * from known)
        select place as "table", field as "column", what, count(*) as texts from everything
        where lower(found) not in (select value from staff)
        group by all order by all
    """


def _texts(schema: str, table: str, column: str) -> str:
    """The values of a column, each once; of keys, which are mostly distinct, only those that may be a person's."""
    relation, name = f'"{schema}"."{table}"', f'"{column}"'
    said = f"'{schema}.{table}' as place, '{column}' as field"
    if not (column.endswith(("_id", "_key")) or column == "id"):
        # distinct of the column alone: rows with their place and field are twice as dear
        values = f"select distinct {name} as value from {relation}"
        return f"select {said}, false as is_key, value from ({values}) where length(value) >= 5"
    return f"""
        select {said}, true as is_key, {name} as value from {relation}
        where contains({name}, '@') or contains({name}, '%40') or contains({name}, '+') or contains({name}, ' ')
            or length({name}) between 8 and 16 and hash(ltrim({name}, '+')) in ({_KNOWN} 'phone')"""
