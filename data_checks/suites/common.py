"""Checks that several suites share: each function declares one, for one entity."""

from decimal import Decimal

from data_checks.checks import Check


def _quarantined(entity: str) -> str:
    """What landing refused is filed under its raw table, what models refused under its entity."""
    return f"entity = '{entity}' or (source, table_name) in ({{tables_{entity}}})"


def nothing_kept(name: str, table: str, entity: str) -> Check:
    """Rows came, or files that could not be read, and none of it is left."""
    return Check(
        name=name,
        table=table,
        expects=f"Of the {entity} that came, something could be kept",
        why="Every KPI built on them would be empty as if nothing had happened",
        rows=f"""
            with came as (
                select 'rows' as what, count(*) as refused from intermediate.int_{entity}__rows as staged
                union all
                select 'refused rows', count(*) from intermediate.int_quarantine
                where line is not null and ({_quarantined(entity)})
                union all
                select 'refused files', count(*) from landing.refused_files
                where (source, table_name) in ({{tables_{entity}}})
            )
            select * from came where refused > 0 and not exists (select 1 from {{batch}})
        """,
    )


def refused_share(name: str, table: str, entity: str, money: str = "") -> Check:
    """Share of a file's rows that were refused; of files under 100 rows those that lost half, or all money.

    `money` is the column of amounts, if the entity has one. A threshold of the workspace holds for every file.
    """
    # Rows of a sheet may call their source otherwise than landing does.
    source = "case when source in (select source from landing.files) then source else 'sheets' end"
    rows = f"intermediate.int_{entity}__rows"
    amount = f"abs(coalesce({money}, 0))" if money else "0"
    by_file = f"""
        with landed as (
            select {source} as source, _file as file, _load_id, count(distinct _row) as rows_in, 0 as refused,
                sum({amount}) as money, 0 as money_refused
            from {rows} group by all
        ),
        refused_lines as (
            select {source} as source, file, load_id, line, bool_or(column_name = '{money}') as money_is_unread
            from intermediate.int_quarantine
            where line is not null and ({_quarantined(entity)})
            group by all
        ),
        refused_rows as (
            select _load_id as load_id, _row as line, _file as file, sum({amount}) as money
            from {rows} where _load_id in (select load_id from refused_lines) group by all
        ),
        -- what landing refused is in no table: it comes on top
        refused as (
            select source, file, count(*) filter (where refused_rows.line is null) as rows_in, count(*) as refused,
                -coalesce(sum(refused_rows.money), 0) as money,
                coalesce(sum(refused_rows.money), 0) + count(*) filter (where money_is_unread) as money_refused
            from refused_lines left join refused_rows using (load_id, line, file)
            group by all
        ),
        counted as (
            select source, file, sum(rows_in) as rows_in, sum(refused) as refused,
                sum(rows_in) < 100 and sum(money) = 0 and sum(money_refused) > 0 as lost_all_money
            from (
                select source, file, rows_in, refused, money, money_refused from landed
                union all
                select source, file, rows_in, refused, money, money_refused from refused
            ) as counted
            group by all
        )
        select source, file, rows_in, refused, case when lost_all_money then 1 else refused / rows_in end as share
        from counted where {{given}} or rows_in >= 100 or refused >= 0.5 * rows_in or lost_all_money
    """
    kept = "more than half" + (" and some of the money" if money else "")
    return Check(
        name=name,
        table=table,
        expects=f"Of each file of {entity} nearly all rows could be kept, of files under 100 rows {kept}",
        why="A file this broken is read wrongly or was exported wrongly; publishing would show too little",
        rows=f"select * from ({by_file}) as by_file where {{observed}} > {{threshold}} and share > {{threshold}}",
        measure=f"select max(share) from ({by_file}) as by_file",
        threshold=Decimal("0.05"),
        unit="share",
    )


def share(
    name: str, table: str, expects: str, why: str, bad: str, among: str, sample: str, threshold: str = "0"
) -> Check:
    """Share of the rows `among` that are `bad`; fails with those rows where the share is over the threshold.

    `sample` is what is shown of them: keys, dates, counts.
    """
    return Check(
        name=name,
        table=table,
        expects=expects,
        why=why,
        rows=f"select {sample} from {{batch}} where {{observed}} > {{threshold}} and ({among}) and ({bad})",
        measure=f"select avg(case when {bad} then 1.0 else 0.0 end) from {{batch}} where {among}",
        severity="warning",
        threshold=Decimal(threshold),
        unit="share",
    )


def unmapped_stages(name: str, table: str, entity: str, unmapped: str) -> Check:
    """Stages that neither the workspace nor their own name explains; `unmapped` is the condition."""
    return Check(
        name=name,
        table=table,
        expects=f"Every stage of {entity} is mapped to a meaning",
        why="A record in an unknown stage counts as open: name the stage under `stages` in funnelmart.yml",
        rows=f"""
            select stage, count(*) as records from {{batch}}
            where not is_deleted and not is_test and ({unmapped})
            group by stage order by records desc
        """,
        severity="warning",
        threshold=Decimal(0),
    )


def none_lost(name: str, table: str, entity: str, key: str, identity: str) -> Check:
    """Each staged key is either in the canonical table or in quarantine, and nothing else is in the table."""
    return Check(
        name=name,
        table=table,
        expects=f"Every key that came among {entity} is kept or in quarantine, and no other key is there",
        why="A record vanished or was invented on the way",
        rows=f"""
            with newest as (
                select source, source || ':' || {identity} as key, _load_id, _row
                from intermediate.int_{entity}__rows
                where {identity} is not null
                qualify row_number() over (
                    partition by source, {identity} order by updated_at desc nulls last, _load_id desc, _row desc
                ) = 1
            )
            select coalesce(newest.key, kept.{key}) as {key},
                case when kept.{key} is null then 'vanished' else 'invented' end as what
            from newest full join {{batch}} as kept on newest.key = kept.{key}
            where newest.key is null or (kept.{key} is null and not exists (
                select 1 from intermediate.int_quarantine as refused
                where refused.entity = '{entity}'
                    and refused.load_id = newest._load_id and refused.line = newest._row
            ))
        """,
    )


def count(name: str, table: str, what: str, where: str = "1 = 1") -> Check:
    """Only tells how many there are."""
    return Check(
        name=name,
        table=table,
        expects=f"Number of {what}",
        why="",
        rows="select 1 as row from {batch} where 1 = 0",
        measure=f"select count(*) from {{batch}} where {where}",
        severity="info",
    )
