"""Checks of the finished mart: it adds up in itself, and it adds up to what raw holds."""

from decimal import Decimal

from data_checks.checks import Check, between
from data_checks.suites import drift, kpi_facts, reconciliation

TOTAL = "mart.kpi_total"
MEMBERS = {
    "mart.kpi_by_channel": ("channel",),
    "mart.kpi_by_campaign": ("channel", "campaign"),
    "mart.kpi_by_sales_rep": ("sales_rep",),
    "mart.kpi_by_product": ("product",),
}
# The KPIs of kind `sum` in the catalogue that have a meaning for every dimension, and those of marketing alone.
ADDITIVE = (
    "leads", "contacted_leads", "qualified_leads", "opportunities", "deals_created", "pipeline_created", "won_deals",
    "lost_deals", "revenue", "units_sold", "new_customers", "gross_profit", "sales_cost",
)  # fmt: skip
MARKETING = ("impressions", "clicks", "ad_spend", "marketing_cost", "profit")
_FUNNEL = "leads, contacted_leads, qualified_leads, opportunities, lead_to_deal_conversion"
# Half a cent; also far above what rounding shares of deals to nine digits can add up to.
_EQUAL = "0.005"


def additive(table: str) -> tuple[str, ...]:
    """The KPIs whose sum over the members of `table` is the total."""
    return ADDITIVE + MARKETING if "channel" in MEMBERS[table] else ADDITIVE


def _members_sum(table: str) -> Check:
    kpis = additive(table)
    sums = ", ".join(f"sum({kpi}) as {kpi}" for kpi in kpis)
    differences = " union all ".join(
        f"""select totals.grain, totals.period_start, '{kpi}' as kpi, members.{kpi} as members, totals.{kpi} as total
        from mart.kpi_total as totals
        left join members on totals.grain = members.grain and totals.period_start = members.period_start
        where abs(coalesce(members.{kpi}, 0) - coalesce(totals.{kpi}, 0)) > {_EQUAL}"""
        for kpi in kpis
    )
    return Check(
        name=f"{table.removeprefix('mart.')}_sum",
        table=table,
        expects="The members add up to the total in every period",
        why="Two people would quote two figures for the same KPI",
        rows=f"""
            with members as (select grain, period_start, {sums} from {{batch}} group by grain, period_start)
            {differences}
        """,
    )


def _funnel() -> str:
    """Stages of the funnel beside the KPI of the same leads, for the company and each channel."""
    kpis = {
        "new": "leads", "contacted": "contacted_leads", "qualified": "qualified_leads", "opportunity": "opportunities",
        "won": "round(lead_to_deal_conversion * leads)",
    }  # fmt: skip
    stages = " union all ".join(
        f"select grain, period_start, channel, '{stage}' as stage, {kpi} as leads from kpis"
        for stage, kpi in kpis.items()
    )
    return f"""
        with kpis as (
            select grain, period_start, cast(null as varchar) as channel, {_FUNNEL} from mart.kpi_total
            union all
            select grain, period_start, channel, {_FUNNEL} from mart.kpi_by_channel
        ),
        stages as ({stages}),
        funnel as (select * from {{batch}} where dimension in ('total', 'channel'))
        -- what is known only as sums has no stages
        select stages.grain, stages.period_start, stages.channel, stages.stage, stages.leads, funnel.entered
        from stages
        anti join mart.kpi_sums as sums
            on sums.summed_leads > 0 and stages.grain = sums.grain and stages.period_start = sums.period_start
            and (stages.channel is null and sums.dimension = 'total'
                or sums.dimension = 'channel' and sums.member = stages.channel)
        left join funnel
            on stages.grain = funnel.grain and stages.period_start = funnel.period_start
            and stages.channel is not distinct from funnel.channel and stages.stage = funnel.stage
        where stages.grain in ('month', 'quarter', 'year') and coalesce(stages.leads, 0) <> coalesce(funnel.entered, 0)
    """


def _grains() -> str:
    return " union all ".join(
        f"""select '{kpi}' as kpi, grain, sum({kpi}) as total from {{batch}} group by grain
        qualify max(sum({kpi})) over () - min(sum({kpi})) over () > {_EQUAL}"""
        for kpi in ADDITIVE + MARKETING
    )


CHECKS = (
    Check(
        name="kpi_key",
        table=TOTAL,
        expects="There is one row for each period and member",
        why="A chart would count a period twice",
        rows=" union all ".join(
            f"""select '{table}' as kpi_table, grain, period_start, count(*) as copies
            from {"{batch}" if table == TOTAL else table} group by {", ".join(("grain", "period_start", *members))}
            having count(*) > 1"""
            for table, members in {TOTAL: (), **MEMBERS}.items()
        ),
    ),
    Check(
        name="kpi_gaps",
        table=TOTAL,
        expects="No day between the first and the last is missing",
        why="Moving averages and comparisons with the day before would be wrong",
        rows="""
            select period_start, previous from (
                select period_start, lag(period_start) over (order by period_start) as previous
                from {batch} where grain = 'day'
            ) as days where period_start <> previous + 1
        """,
    ),
    Check(
        name="kpi_shares",
        table=TOTAL,
        expects="Shares lie between 0 and 1",
        why="A numerator counts what its denominator does not",
        columns=between(
            "contact_rate",
            "qualification_rate",
            "opportunity_rate",
            "lead_to_deal_conversion",
            "win_rate",
            "sla_share",
            minimum=0,
            maximum=1,
        ),
    ),
    Check(
        name="kpi_funnel",
        table="mart.funnel_cohorts",
        expects="Each stage of the funnel has as many leads as the KPIs say",
        why="The funnel and the cards beside it would contradict each other",
        rows=_funnel(),
    ),
    Check(
        name="kpi_grains_agree",
        table=TOTAL,
        expects="Days, weeks, months, quarters and years add up to the same",
        why="Changing the period on a chart would change the business",
        rows=_grains(),
    ),
    *(_members_sum(table) for table in MEMBERS),
    *reconciliation.CHECKS,
    *kpi_facts.CHECKS,
    Check(
        name="rows_balance",
        table="landing.files",
        expects="Each file's rows are landed, replaced, refused, filtered, empty or totals",
        why="Rows vanished while the file was read",
        rows="""
            select source, table_name, file, rows_in,
                rows_landed, rows_replaced, rows_refused, rows_filtered, rows_empty, rows_totals
            from {batch}
            where rows_in
                <> rows_landed + rows_replaced + rows_refused + rows_filtered + rows_empty + coalesce(rows_totals, 0)
        """,
    ),
    Check(
        name="sources_balance",
        table="_meta.sources",
        expects="Of each source table as many rows came in as were kept, refused, replaced, filtered, empty or totals",
        why="The mart would not say truly what it was made of",
        rows="""
            select
                source, "table", rows_in, rows_kept, rows_refused, rows_replaced, rows_filtered, rows_empty, rows_totals
            from {batch}
            where rows_in
                    <> rows_kept + rows_refused + rows_replaced + rows_filtered + rows_empty + coalesce(rows_totals, 0)
                or least(rows_kept, rows_refused, rows_replaced, rows_filtered, rows_empty, rows_totals) < 0
        """,
    ),
    Check(
        name="raw_complete",
        table="landing.files",
        expects="Every raw table holds the rows that the manifest of loaded files says",
        why="A load was cut off, or something else wrote to raw",
        rows="""
            with counted as ({raw_counts}),
            manifest as (
                select source, table_name, sum(rows_landed) as rows from {batch} where is_current group by all
            )
            select counted.source, counted.table_name, counted.rows as raw_rows, manifest.rows as manifest_rows
            from counted left join manifest
                on counted.source = manifest.source and counted.table_name = manifest.table_name
            where counted.rows <> coalesce(manifest.rows, 0)
        """,
    ),
    Check(
        name="people_in_clear",
        table=TOTAL,
        expects="No e-mail address, telephone or name of a person stands in a published text",
        why="Whoever may read the mart would read it: name the column under `fields` as email, phone or full_name, "
        "or leave it out",
        rows="select * from ({people_in_text}) as found where {observed} > 0",
        measure="select coalesce(sum(texts), 0) from ({people_in_text}) as found",
    ),
    Check(
        name="files_refused",
        table="landing.refused_files",
        expects="Every file could be read",
        why="What is in it is missing from the mart, or older than it could be",
        rows="select source, table_name, file, refused_at from {batch}",
        severity="warning",
        threshold=Decimal(0),
        lists_wrong=True,
    ),
    Check(
        name="totals_doubted",
        table="landing.files",
        expects="Rows that call themselves totals add up the others",
        why="Rows may be missing from the file, or a name that begins with a word for a total was taken for one",
        rows="""
            select source, table_name, file, totals_doubted from {batch} where is_current and totals_doubted > 0
        """,
        severity="warning",
        threshold=Decimal(0),
    ),
    Check(
        name="currency_doubted",
        table="landing.files",
        expects="Amounts bear the sign of the currency that they are said to be in",
        why="They count in the currency that the block, its column or the report says: name theirs under `currency`",
        rows="""
            select source, table_name, file, currency_doubt from {batch}
            where is_current and currency_doubt is not null
        """,
        severity="warning",
        threshold=Decimal(0),
    ),
    *drift.CHECKS,
    Check(
        name="rows_quarantined",
        table="intermediate.int_quarantine",
        expects="Number of refused rows",
        why="",
        rows="select 1 as row from {batch} where 1 = 0",
        measure="select count(distinct (entity, source, file, load_id, line)) from {batch}",
        severity="info",
        lists_wrong=True,
    ),
)
