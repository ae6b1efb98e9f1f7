"""Conversion curves beside those of lifelines, which estimates them from the facts on its own."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from lifelines import KaplanMeierFitter

# who was seen for how many days, and won at their end; leads won at an estimated day, or before they came, are left out
OBSERVED = """
    with wins as (
        select lead_key, closed_date, closed_at_is_estimated from fct_deals where counts_won and lead_key is not null
        qualify row_number() over (partition by lead_key order by closed_date, closed_at_is_estimated, deal_key) = 1
    )
    select leads.channel, date_trunc('month', leads.created_date)::date as cohort,
        coalesce(wins.closed_date, run.today) - leads.created_date as age_days, wins.lead_key is not null as is_won
    from fct_leads as leads
    cross join _meta.run as run
    left join wins on leads.lead_key = wins.lead_key
    where leads.counts and leads.created_date <= run.today
        and not coalesce(wins.closed_at_is_estimated or wins.closed_date < leads.created_date, false)
"""
CURVES = """
    select period_start, channel, age_days, leads_at_risk, conversion, conversion_low, conversion_high
    from conversion_curves where grain = 'month' order by age_days
"""
COLUMNS = ["cohort", "channel", "age_days", "at_risk", "conversion", "low", "high"]


def assert_curves_are_those_of_lifelines(ask: Callable[[str], list[tuple[Any, ...]]]) -> int:
    """Compare the curve of every monthly cohort, of the company and of each channel; returns how many there were."""
    observed = pd.DataFrame(ask(OBSERVED), columns=["channel", "cohort", "age_days", "is_won"])
    curves = pd.DataFrame(ask(CURVES), columns=COLUMNS)
    company = observed.assign(channel=None)
    compared = 0
    for leads in (company, observed):
        for (cohort, channel), members in leads.groupby(["cohort", "channel"], dropna=False):
            is_theirs = curves.channel.isna() if pd.isna(channel) else curves.channel == channel
            curve = curves[(curves.cohort == cohort) & is_theirs]
            assert_same(curve, KaplanMeierFitter().fit(members.age_days, members.is_won), (cohort, channel))
            compared += 1
    return compared


def assert_same(curve: pd.DataFrame, estimate: KaplanMeierFitter, label: object) -> None:
    """One curve: who is at risk, the share won, and its interval (lifelines' is of the share not won: turned round)."""
    ages = curve.age_days.tolist()
    assert ages == [age for age in estimate.event_table.index if estimate.event_table.removed[age] > 0], label
    assert curve.at_risk.tolist() == estimate.event_table.at_risk[ages].tolist(), label
    survival = estimate.survival_function_.KM_estimate[ages]
    assert curve.conversion.tolist() == pytest.approx((1 - survival).tolist(), abs=1e-9), label
    # where nobody or everybody has been won yet there is no variance, and no interval to speak of
    certain = survival.isin([0.0, 1.0]).to_numpy()
    interval = 1 - estimate.confidence_interval_.loc[ages]
    for ours, theirs in (("low", interval.iloc[:, 1]), ("high", interval.iloc[:, 0])):
        assert curve[ours][~certain].tolist() == pytest.approx(theirs[~certain].tolist(), abs=1e-9), label
