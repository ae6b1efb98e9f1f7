"""What is kept as it came, though it is rarely meant: money below nothing, dates before the company's history."""

from decimal import Decimal

from data_checks.checks import Check


def negative(name: str, table: str, what: str, why: str, key: str, date: str) -> Check:
    """Amounts below 0, which count with their sign, one for each key: a cost is spread over the days of a month."""
    return Check(
        name=name,
        table=table,
        expects=f"No amount of {what} is negative",
        why=why,
        rows=f"""
            select {key}, min({date}) as first_day, sum(amount) as amount
            from {{batch}} where amount < 0 group by {key} order by amount
        """,
        severity="warning",
        threshold=Decimal(0),
    )


def before_history(name: str, table: str, what: str, key: str, date: str) -> Check:
    """Rows dated before `history_from` of funnelmart.yml, one for each key."""
    return Check(
        name=name,
        table=table,
        expects=f"No date of {what} lies before history_from in funnelmart.yml (1990 unless it says otherwise)",
        why="It is a zero or misread date of a spreadsheet; every day since then becomes a row of the KPIs",
        rows=f"""
            select rows.{key}, min({date}) as first_day
            from {{batch}} as rows cross join settings.workspace as workspace
            where {date} < workspace.history_from group by rows.{key} order by first_day
        """,
        severity="warning",
        threshold=Decimal(0),
    )
