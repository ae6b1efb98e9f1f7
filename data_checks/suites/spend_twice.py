"""Checks that no money stands twice: in two sources, a connector and the platform's own report, or in two files."""

from decimal import Decimal

from data_checks.checks import Check


def delivered_twice(name: str, table: str) -> Check:
    """A platform's campaign has spend of one day from two sources.

    The same campaign is one of the same id, else of the same name in the same account; spend of an account without
    campaigns overlaps with any of its campaigns.
    """
    return Check(
        name=name,
        table=table,
        expects="No two sources deliver spend of the same campaign and day",
        why="The money would be counted twice: name only one of them in funnelmart.yml, or cut their days apart",
        rows="""
            with days as (
                select
                    source, lower(platform) as platform, date, replace(account_id, '-', '') as account_id,
                    campaign_id, lower(campaign) as campaign, sum(spend) as spend
                from {batch} where counts and spend > 0 and platform is not null group by all
            ),
            shared as (
                select platform, date from days group by platform, date having count(distinct source) > 1
            ),
            candidates as (
                select days.* from days
                inner join shared on days.platform = shared.platform and days.date = shared.date
            )
            select
                one.platform, one.source, other.source as other_source, min(one.date) as first_day,
                max(one.date) as last_day, count(distinct one.date) as days, max(one.campaign) as campaign,
                sum(least(one.spend, other.spend)) as spend
            from candidates as one
            inner join candidates as other
                on one.platform = other.platform and one.date = other.date and one.source < other.source
                and (
                    one.campaign_id = other.campaign_id
                    or (
                        one.account_id = other.account_id
                        and (one.campaign = other.campaign or '(none)' in (one.campaign, other.campaign))
                    )
                )
            group by one.platform, one.source, other.source, coalesce(one.campaign_id, one.campaign)
            order by spend desc
        """,
        severity="warning",
        threshold=Decimal(0),
    )


def in_two_files(name: str, table: str, what: str, amount: str, key: tuple[str, ...]) -> Check:
    """Two files of sheets hold rows of the same key and days, as a download made twice or weeks that overlap do.

    Different files add up, so that the smaller amount of the two probably stands twice.
    """
    columns = ", ".join((*key, "currency", "first_day", "last_day"))
    same = " and ".join(f"one.{column} is not distinct from other.{column}" for column in key)
    return Check(
        name=name,
        table=table,
        expects=f"No two files hold {what}",
        why="Different files add up, so this money probably stands twice: leave one out, or name days in `replace_by`",
        rows=f"""
            with files as (
                select _file, {columns}, sum({amount}) as money from {{batch}}
                where not is_refused and _load_id in (select load_id from landing.files where source = 'sheets')
                group by _file, {columns} having sum({amount}) > 0
            ),
            shared as (
                select first_day, last_day, currency from files group by all having count(distinct _file) > 1
            ),
            candidates as (select files.* from files semi join shared using (first_day, last_day, currency))
            select one._file as file, other._file as other_file, one.currency, count(*) as rows,
                min(one.first_day) as first_day, max(one.last_day) as last_day,
                sum(least(one.money, other.money)) as money_twice
            from candidates as one
            inner join candidates as other
                on one.first_day = other.first_day and one.last_day = other.last_day
                and one.currency = other.currency and one._file < other._file and {same}
            group by one._file, other._file, one.currency order by money_twice desc
        """,
        severity="warning",
        threshold=Decimal(0),
    )
