"""Checks whose limit each source teaches: how far its days usually are from what they were before, how old it gets."""

from decimal import Decimal

from data_checks.checks import Check

# Each day is compared with the same weekday of the 8 weeks before and, where there are six, with the same day of the
# months before (the last three counted from the month's end): it is as unusual as the kinder of the two says. A
# deviation is the distance from their median in units of 1.4826 * MAD (the standard deviation, were the data normal),
# at least `floor`, so that a source as regular as a clock does not cry wolf over one lead more.
_JUDGED = """
    with workspace as (select max(today) as today from settings.workspace),
    daily as (
        select source, {date} as day, cast({value} as double) as value
        from {{batch}} where {where} and {date} is not null and {date} >= (select today - 760 from workspace)
        group by all
    ),
    spans as (select source, min(day) as first_day, max(day) as last_day from daily group by source),
    digits as (select digit from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as digits (digit)),
    numbers as (  -- more than there are days
        select hundreds.digit * 100 + tens.digit * 10 + ones.digit as number
        from digits as hundreds cross join digits as tens cross join digits as ones
    ),
    calendar as (
        select spans.source, spans.first_day + numbers.number as day
        from spans inner join numbers on spans.first_day + numbers.number <= spans.last_day
    ),
    series as (
        select calendar.source, calendar.day, coalesce(daily.value, 0) as value,
            case when cast(last_day(calendar.day) - calendar.day as integer) < 3
                then cast(calendar.day - last_day(calendar.day) as integer) - 1 else day(calendar.day) end as place
        from calendar left join daily on calendar.source = daily.source and calendar.day = daily.day
    ),
    lately as (
        select series.* from series cross join workspace
        where series.day < workspace.today and series.day >= workspace.today - 372
    ),
    before_weekday as (
        select lately.source, lately.day, lately.value, before.value as before,
            median(before.value) over (partition by lately.source, lately.day) as usual
        from lately inner join series as before
            on lately.source = before.source
            and before.day < lately.day and before.day >= lately.day - 56
            and cast(lately.day - before.day as integer) % 7 = 0
    ),
    by_weekday as (
        select source, day, value, usual, median(abs(before - usual)) as spread
        from before_weekday group by all having count(*) >= 4
    ),
    before_day_of_month as (
        select lately.source, lately.day, lately.value, before.value as before,
            median(before.value) over (partition by lately.source, lately.day) as usual
        from lately inner join series as before
            on lately.source = before.source and lately.place = before.place
            and before.day < lately.day and before.day >= lately.day - 370
    ),
    by_day_of_month as (
        select source, day, value, usual, median(abs(before - usual)) as spread
        from before_day_of_month group by all having count(*) >= 6
    ),
    deviating as (
        select source, day, value as observed, usual, spread from by_weekday
        union all
        -- days that have the one have the other, but in a source's first weeks
        select months.source, months.day, months.value, months.usual, months.spread
        from by_day_of_month as months
        inner join by_weekday on months.source = by_weekday.source and months.day = by_weekday.day
    ),
    deviations as (
        select *, (observed - usual) / greatest(1.4826 * spread, {floor}) as deviation from deviating
    ),
    compared as (
        select source, day, observed, min_by(usual, abs(deviation)) as usual,
            min_by(deviation, abs(deviation)) as deviation, count(*) = 2 as knows_months
        from deviations group by all
    ),
    -- drops and jumps apart: advertising jumps when a campaign starts, and nothing of that excuses a missing file;
    -- days that could be compared in the same way, since a pay day looks odd until there are months to compare it with
    lessons as (
        select source, knows_months, count(*) as days,
            percentile_cont(0.99) within group (order by greatest(deviation, 0)) as jump,
            percentile_cont(0.99) within group (order by greatest(-deviation, 0)) as fall
        from compared cross join workspace where day < workspace.today - 7 group by all
    )
    select compared.source, compared.day, case when deviation < 0 then 'drop' else 'jump' end as what,
        observed, usual, round(abs(deviation), 1) as deviations,
        case when {{given}} or coalesce(lessons.days, 0) < 60 then cast({{threshold}} as double)
            else round(greatest(3, 1.5 * case when deviation < 0 then fall else jump end), 1) end as allowed
    from compared cross join workspace
    left join lessons on compared.source = lessons.source and compared.knows_months = lessons.knows_months
    where compared.day >= workspace.today - 7
"""


def anomaly(name: str, table: str, what: str, date: str, value: str, where: str, floor: str, threshold: str) -> Check:
    """A day of the last week that is far from what the source usually has on that weekday or day of the month."""
    judged = _JUDGED.format(date=date, value=value, where=where, floor=floor)
    return Check(
        name=name,
        table=table,
        expects=f"Each source's {what} of the last 7 days is like that of the same weekdays and days of the month",
        why="A drop: an extract may be incomplete; a jump: it may be doubled; or something happened in the business",
        rows=f"select * from ({judged}) as judged where {{observed}} > {{limit}} and deviations > allowed",
        measure=f"""
            select deviations, allowed from ({judged}) as judged
            order by deviations / greatest(allowed, 0.001) desc, deviations desc limit 1
        """,
        severity="warning",
        threshold=Decimal(threshold),
        unit="deviations",
        learns=True,
    )


def freshness(name: str, table: str, date: str, days: int) -> Check:
    """How many days ago each source's newest row was, held against the gaps that it usually has."""
    aged = f"""
        with days as (
            select distinct source, {date} as day, workspace.today as today
            from {{batch}} cross join settings.workspace as workspace where {date} <= workspace.today
        ),
        gaps as (
            select *, cast(day - lag(day) over (partition by source order by day) as integer) as gap from days
        ),
        rhythms as (
            select source, max(day) as newest, cast(max(today) - max(day) as integer) as days,
                count(gap) filter (where day > today - 400) as gaps,
                percentile_cont(0.99) within group (order by gap) filter (where day > today - 400) as usual_gap
            from gaps group by source
        )
        select source, newest, days,
            case when {{given}} or gaps < 30 then cast({{threshold}} as double)
                else greatest(2, ceil(1.5 * usual_gap)) end as allowed
        from rhythms
    """
    return Check(
        name=name,
        table=table,
        expects="The newest data of each source is recent",
        why="Recent periods look worse than they are until the extract comes",
        rows=f"select * from ({aged}) as aged where {{observed}} > {{limit}} and days > allowed",
        measure=f"""
            select days, allowed from ({aged}) as aged order by days / greatest(allowed, 0.001) desc, days desc limit 1
        """,
        severity="warning",
        threshold=Decimal(days),
        unit="days",
        learns=True,
    )
