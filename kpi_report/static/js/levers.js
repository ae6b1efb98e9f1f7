// Why one member's revenue changed, by the chain of the mart's own bridge (docs/bridge.md), for the members that the
// mart has none of: each factor's mean effect over all orders in which the factors could have changed (Shapley).
(() => {
  // the parts of a product's change; each order changes one factor after the other
  const shapley = (before, after) => {
    const count = before.length, effects = before.map(() => 0);
    const factorial = (number) => (number < 2 ? 1 : number * factorial(number - 1));
    for (let changed = 0; changed < 2 ** count; changed += 1) {
      const size = before.filter((_, at) => (changed >> at) & 1).length;
      for (let own = 0; own < count; own += 1) {
        if ((changed >> own) & 1) continue;
        const others = before.reduce((product, value, at) => (at === own ? product : product * ((changed >> at) & 1 ? after[at] : value)), 1);
        effects[own] += ((factorial(size) * factorial(count - size - 1)) / factorial(count)) * (after[own] - before[own]) * others;
      }
    }
    return effects;
  };
  // to the cent, the largest remainders up or down, so that the parts sum to the change
  const rounded = (parts, total) => {
    const cents = parts.map((part) => Math.floor(part * 100 + 1e-9));
    const order = parts.map((part, at) => [part * 100 - cents[at], at]).sort((a, b) => b[0] - a[0]);
    const missing = Math.round(total * 100) - cents.reduce((sum, cent) => sum + cent, 0);
    for (let at = 0; at < missing; at += 1) cents[order[at % order.length][1]] += 1;
    return cents.map((cent) => cent / 100);
  };

  const kind = (before, after) => {
    if ([before, after].some((side) => side.won_amount && !(side.leads && side.won_deals_with_amount))) return "no_base";
    if (before.leads && after.leads) return "chain";
    return after.leads ? "entered" : before.leads ? "left" : null;
  };
  const OWNERS = { won_deals_per_lead: "sales", won_deals_per_qualified_lead: "sales", average_check: "sales", refunds: "sales", no_base: "nobody" };
  const chain = (before, after) => {
    const costs = before.marketing_cost > 0 && after.marketing_cost > 0;
    const skips = [before, after].some((side) => side.won_amount && !side.qualified_leads);
    const ratio = (above, below) => (below ? above / below : null);
    const own = (side) => Object.entries({
      ...(costs ? { marketing_cost: side.marketing_cost, leads_per_cost: side.leads / side.marketing_cost } : { leads: side.leads }),
      ...(skips ? { won_deals_per_lead: ratio(side.won_deals_with_amount, side.leads) }
        : { qualification_rate: side.qualified_leads / side.leads, won_deals_per_qualified_lead: ratio(side.won_deals_with_amount, side.qualified_leads) }),
      average_check: ratio(side.won_amount, side.won_deals_with_amount),
    });
    const [first, second] = [own(before), own(after)];
    // what is undefined on one side takes the other side's value, so that only what is known changes
    const values = (one, other) => one.map(([, value], at) => value ?? other[at][1] ?? 1);
    const total = after.won_amount - before.won_amount;
    const parts = rounded(shapley(values(first, second), values(second, first)), total);
    return first.map(([factor], at) => ({ factor, contribution: parts[at] }));
  };

  // The mart explains channels by month, quarter and year. Other periods, and the revenue of representatives, are
  // explained here, of a running period the same days as elsewhere.
  fm.factorsOfMember = (kpi, of, period, base) => {
    if (!base) return [];
    if (of.dimension === "channel" && fm.coarse(period) === period) return fm.ownAt("member_bridge", of, period).filter((row) => row.kpi === kpi && row.comparison === fm.state.comparison);
    if (kpi !== "revenue") return [];
    const days = fm.running(period);
    const [before, after] = days ? [fm.range(days.base_period_start, days.base_last_day), fm.range(period.start, days.last_day)] : [base, period];
    return fm.factorsOf(fm.measuresOf(of, before), fm.measuresOf(of, after)).map((row) => ({ ...row, base_period_start: before.start }));
  };

  // `before` and `after` are what the revenue is made of: cost, leads, qualified leads, won deals with an amount, their
  // amounts, revenue. Null where there is nothing to explain.
  fm.factorsOf = (before, after) => {
    const what = kind(before, after);
    const refunds = (side) => side.won_amount - side.revenue;
    const steps = what === "chain" ? chain(before, after) : what ? [{ factor: what, contribution: after.won_amount - before.won_amount }] : [];
    const refunded = refunds(before) - refunds(after);
    return [...steps, ...(Math.abs(refunded) > 0.005 ? [{ factor: "refunds", contribution: refunded }] : [])]
      .filter(({ contribution }) => contribution)
      .map((step) => ({ ...step, owner: OWNERS[step.factor] ?? "marketing", kpi_before: before.revenue, kpi_after: after.revenue }));
  };
})();
