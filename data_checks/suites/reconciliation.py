"""The mart against raw: counted again from the rows as they were staged, not from what the models made of them.

Amounts are compared in the currency they came in, by source, so that no rate is between the two sides; that amounts
are converted rightly is checked row by row (`spend_converted`, `deals_converted`), and that KPIs are the sum of the
facts by `kpi_from_facts`. Together: every cent of the mart is a cent of an extract.
"""

from data_checks.checks import Check

_CURRENCY = "coalesce(staged.currency, sources.currency, workspace.reporting_currency)"
_SETTINGS = """
    left join settings.sources as sources on staged.source = sources.source
    cross join settings.workspace as workspace
"""


def _not_refused(entity: str) -> str:
    """Staged rows that are not in quarantine."""
    return f"""
        select staged.* from intermediate.int_{entity}__rows as staged
        where not exists (
            select 1 from intermediate.int_quarantine as refused
            where refused.entity = '{entity}' and refused.load_id = staged._load_id and refused.line = staged._row
        )
    """


def _newest(entity: str, *identity: str, updated: str = "null") -> str:
    """Of those with one key (`identity` and the source) the newest."""
    key = ", ".join(f"staged.{column}" for column in ("source", *identity))
    return f"""
        select staged.* from ({_not_refused(entity)}) as staged
        qualify row_number() over (
            partition by {key} order by {updated} desc nulls last, staged._load_id desc, staged._row desc
        ) = 1
    """


_LEADS = _newest("leads", "lead_id", updated="staged.updated_at")
_DEALS = _newest("deals", "deal_id", updated="staged.updated_at")
_LINES = _newest("deal_lines", "deal_id", "line_id")
_REFUNDS = _newest("refunds", "refund_id")
_SPEND = _not_refused("ad_spend")
_RESULTS = _not_refused("daily_results")
_COSTS = _not_refused("marketing_costs")

_COMPARED = """
    select coalesce(raw.source, mart.source) as source, coalesce(raw.currency, mart.currency) as currency,
        raw.rows as raw_rows, mart.rows as mart_rows, raw.amount as raw_amount, mart.amount as mart_amount
    from raw full join mart on raw.source = mart.source and raw.currency = mart.currency
    where abs(coalesce(raw.amount, 0) - coalesce(mart.amount, 0)) > 0.005
"""

CHECKS = (
    Check(
        name="spend_from_raw",
        table="mart.fct_ad_spend",
        expects="The spend of each source is what its extracts say, less what was refused",
        why="Money was lost or counted twice on the way",
        rows=f"""
            with staged as (
                select staged.*, {_CURRENCY} as currency_used,
                    -- the campaign level is the total; finer levels only break it down
                    case staged.spend_level when 'campaign' then 1 when 'ad' then 2 when 'ad_group' then 3 else 4 end
                        as level_rank
                from ({_SPEND}) as staged {_SETTINGS}
            ),
            total_level as (
                select * from staged
                qualify spend_level is null or level_rank = min(level_rank) over (partition by source)
            ),
            raw as (
                select source, currency_used as currency, count(*) as rows, sum(spend) as amount
                from total_level group by all
            ),
            mart as (
                select source, currency, count(*) as rows, sum(spend_source) as amount from {{batch}} group by all
            )
            {_COMPARED}
        """,
    ),
    Check(
        name="revenue_from_raw",
        table="mart.fct_deals",
        expects="Won deals and their amounts are what the extracts say, less what was refused",
        why="Revenue was lost or counted twice on the way",
        rows=f"""
            with staged as ({_DEALS}),
            meanings as (
                select stage_lower, min(meaning) as meaning from settings.stages group by stage_lower
                union all
                select 'won', 'won' where 'won' not in (select stage_lower from settings.stages)
            ),
            -- a deal without amount is worth its lines, if they all say what they are worth
            lines as (
                select source, deal_id,
                    case when count(*) = count(coalesce(amount, units * unit_price)) then
                        sum(coalesce(amount, units * unit_price - coalesce(discount, 0)))
                    end as amount
                from ({_LINES}) as lines group by all
            ),
            raw as (
                select staged.source, {_CURRENCY} as currency, count(*) as rows,
                    sum(coalesce(staged.amount, lines.amount)) as amount
                from staged
                left join lines on staged.source = lines.source and staged.deal_id = lines.deal_id
                left join meanings as by_stage on lower(staged.stage) = by_stage.stage_lower
                left join meanings as by_status on lower(staged.status) = by_status.stage_lower
                {_SETTINGS}
                -- a status beats the stage; it may be called by the CRM's own name
                where coalesce(
                    case when lower(staged.status) in ('open', 'won', 'lost') then lower(staged.status) end,
                    by_status.meaning, by_stage.meaning
                ) = 'won'
                group by all
            ),
            mart as (
                select source, currency, count(*) as rows, sum(amount_source) as amount
                from {{batch}} where status = 'won' group by all
            )
            {_COMPARED} or coalesce(raw.rows, 0) <> coalesce(mart.rows, 0)
        """,
    ),
    Check(
        name="refunds_from_raw",
        table="intermediate.int_refunds",
        expects="Refunds are what the extracts say, less what was refused",
        why="Revenue would be too high or too low",
        rows=f"""
            with staged as ({_REFUNDS}),
            raw as (
                select staged.source, {_CURRENCY} as currency, count(*) as rows, sum(staged.amount) as amount
                from staged {_SETTINGS} where staged.amount is not null group by all
            ),
            mart as (
                select source, currency, count(*) as rows, sum(amount_source) as amount
                from {{batch}} where amount_source is not null group by all
            )
            {_COMPARED}
        """,
    ),
    Check(
        name="costs_from_raw",
        table="intermediate.int_marketing_costs",
        expects="Other costs are what the extracts say, less what was refused",
        why="Spreading them over days lost money or made some",
        rows=f"""
            with raw as (
                select staged.source, {_CURRENCY} as currency, count(*) as rows, sum(staged.amount) as amount
                from ({_COSTS}) as staged {_SETTINGS} group by all
            ),
            mart as (
                select source, currency, count(*) as rows, sum(amount_source) as amount from {{batch}} group by all
            )
            {_COMPARED}
        """,
    ),
    Check(
        name="leads_from_raw",
        table="mart.fct_leads",
        expects="Leads are what the extracts say, less refused, deleted and test records and duplicates",
        why="Leads were lost or counted twice on the way",
        rows=f"""
            with staged as ({_LEADS}),
            raw as (
                select source, count(*) filter (where not is_deleted) as leads from staged group by source
            ),
            mart as (
                select source, count(*) filter (where counts) as counted,
                    count(*) filter (where not is_deleted and (is_test or is_duplicate)) as left_out
                from {{batch}} group by source
            )
            select coalesce(raw.source, mart.source) as source, raw.leads as raw_leads, mart.left_out, mart.counted
            from raw full join mart on raw.source = mart.source
            where coalesce(raw.leads, 0) <> coalesce(mart.counted, 0) + coalesce(mart.left_out, 0)
        """,
    ),
    Check(
        name="results_from_raw",
        table="mart.fct_daily_results",
        expects="Sums by day are what the extracts say, less what was refused",
        why="Leads, deals or money were lost or counted twice on the way",
        rows=f"""
            with raw as (
                select staged.source, {_CURRENCY} as currency, sum(staged.leads) as rows, sum(staged.revenue) as amount,
                    sum(staged.won_deals) as won_deals
                from ({_RESULTS}) as staged {_SETTINGS} group by all
            ),
            mart as (
                select source, currency, sum(leads) as rows, sum(revenue_source) as amount, sum(won_deals) as won_deals
                from {{batch}} group by all
            )
            {_COMPARED} or coalesce(raw.rows, 0) <> coalesce(mart.rows, 0)
                or coalesce(raw.won_deals, 0) <> coalesce(mart.won_deals, 0)
        """,
    ),
)
