"""The KPIs against the facts they are made of: no cent between a fact and a KPI is lost, none is added."""

from data_checks.checks import Check

# What each KPI is the sum of: fact, column (or 1 for a row), its date, and which rows count.
_PARTS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "leads": (
        ("mart.fct_leads", "1", "created_date", "counts"),
        ("mart.fct_daily_results", "leads", "date", "leads_count"),
    ),
    "won_deals": (
        ("mart.fct_deals", "1", "closed_date", "counts_won"),
        ("mart.fct_daily_results", "won_deals", "date", "deals_count"),
    ),
    "ad_spend": (("mart.fct_ad_spend", "spend", "date", "counts"),),
    "marketing_cost": (
        ("mart.fct_ad_spend", "spend", "date", "counts"),
        ("mart.fct_marketing_cost", "amount", "date", "department = 'marketing'"),
    ),
    "sales_cost": (("mart.fct_marketing_cost", "amount", "date", "department = 'sales'"),),
    "revenue": (
        ("mart.fct_deals", "amount", "closed_date", "counts_won"),
        ("intermediate.int_refunds", "-amount", "refunded_date", "counts"),
        ("mart.fct_daily_results", "revenue", "date", "deals_count"),
    ),
}


def _of_facts(kpi: str) -> str:
    parts = " union all ".join(
        f"select {value} as amount from {fact} cross join settings.workspace as workspace"
        f" where {counts} and {date} <= workspace.today"
        for fact, value, date, counts in _PARTS[kpi]
    )
    return f"select '{kpi}' as kpi, sum(amount) as amount from ({parts}) as amounts"


def _of_kpis(kpi: str) -> str:
    return f"select '{kpi}' as kpi, sum({kpi}) as amount from {{batch}} where grain = 'day'"


CHECKS = (
    Check(
        name="costs_shared_out",
        table="mart.fct_marketing_cost",
        expects="Each cost is carried by channels and campaigns in full, day by day",
        why="Channels would look cheaper or dearer than they are",
        rows="""
            with carried as (select cost_key, date, sum(amount) as amount from {batch} group by all),
            costs as (
                select cost_key, date, sum(amount) as amount
                from intermediate.int_marketing_costs where counts group by all
            )
            select coalesce(costs.cost_key, carried.cost_key) as cost_key, coalesce(costs.date, carried.date) as date,
                costs.amount as cost, carried.amount as carried
            from costs full join carried on costs.cost_key = carried.cost_key and costs.date = carried.date
            where abs(coalesce(costs.amount, 0) - coalesce(carried.amount, 0)) > 0.005
        """,
    ),
    Check(
        name="kpi_from_facts",
        table="mart.kpi_total",
        expects="Leads, won deals, spend, costs and revenue of the KPIs are the sums of the facts",
        why="A KPI counts something that is in no fact, or misses one",
        rows=f"""
            with facts as ({" union all ".join(map(_of_facts, _PARTS))}),
            kpis as ({" union all ".join(map(_of_kpis, _PARTS))})
            select facts.kpi, facts.amount as facts, kpis.amount as kpis
            from facts inner join kpis on facts.kpi = kpis.kpi
            where abs(coalesce(facts.amount, 0) - coalesce(kpis.amount, 0)) > 0.005
        """,
    ),
)
