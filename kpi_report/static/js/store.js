// The figures as records, and what the reader has chosen. The choice is kept in the address, so that a link shows the same.
(() => {
  const records = {};
  fm.rows = (name) => {
    records[name] ??= fm.data[name].rows.map((row) => Object.fromEntries(fm.data[name].columns.map((key, i) => [key, row[i]])));
    return records[name];
  };

  const indexes = {};
  // The records of a table for one grain and period.
  fm.at = (name, { grain, start }) => {
    indexes[name] ??= fm.rows(name).reduce((found, row) => {
      const key = `${row.grain} ${row.period_start}`;
      (found[key] ??= []).push(row);
      return found;
    }, {});
    return indexes[name][`${grain} ${start}`] ?? [];
  };

  fm.meta = fm.rows("meta")[0];
  fm.kpis = Object.fromEntries(fm.rows("kpis").map((row) => [row.kpi, row]));
  fm.periods = {};
  for (const row of fm.rows("totals")) {
    (fm.periods[row.grain] ??= []).push({ grain: row.grain, start: row.period_start, end: row.period_end, complete: row.is_complete });
  }
  fm.grains = ["week", "month", "quarter", "year"].filter((grain) => fm.periods[grain]);

  // the period that every face opens on stands in the mart
  const opening = (grain) => fm.rows("opening").find((row) => row.grain === grain)?.period_start;
  const newest = (grain) => find(grain, opening(grain)) ?? fm.periods[grain]?.findLast((period) => period.complete) ?? fm.periods[grain]?.at(-1) ?? null;
  const find = (grain, start) => fm.periods[grain]?.find((period) => period.start === start) ?? null;
  const wish = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const one = (value, choices, otherwise) => (choices.includes(value) ? value : otherwise);
  const grain = one(wish.grain, fm.grains, fm.grains.includes("month") ? "month" : fm.grains[0]);
  fm.state = {
    locale: one(wish.lang, Object.keys(fm.texts), fm.meta.locale),
    theme: one(wish.theme, ["auto", "light", "dark"], "auto"),
    comparison: one(wish.vs, ["previous_period", "previous_year"], "previous_period"),
    period: find(grain, wish.period) ?? newest(grain),
    channel: null,
    bridge: "revenue",
    history: null,
    outcome: "leads",
    member: "total",
    forecast: "revenue",
    owner: null,
    allFindings: false,
    allGoals: false,
    sort: { key: "revenue", descending: true },
    breakdown: { dimension: "channel", search: "", open: null, all: false },
  };

  fm.set = (change) => {
    Object.assign(fm.state, change);
    const { locale, theme, comparison, period } = fm.state;
    const kept = { lang: locale, theme, vs: comparison, ...(period && { grain: period.grain, period: period.start }) };
    history.replaceState(null, "", `#${new URLSearchParams(kept)}`);
    fm.draw();
  };
  fm.setGrain = (next) => {
    const { start, end } = fm.state.period;
    const around = fm.periods[next].filter((period) => period.start <= end && period.end >= start);
    fm.set({ period: around.findLast((period) => period.complete) ?? around.at(-1) ?? newest(next) });
  };
  fm.neighbour = (step) => {
    const list = fm.periods[fm.state.period.grain];
    return list[list.indexOf(fm.state.period) + step] ?? null;
  };

  // What the chosen period is compared with; null where there is nothing.
  fm.baseOf = (period) => {
    const list = fm.periods[period.grain];
    if (fm.state.comparison === "previous_period" || period.grain === "year") return list[list.indexOf(period) - 1] ?? null;
    const day = new Date(`${period.start}T00:00:00Z`);
    // the same week is the one 52 weeks before: same weekdays
    if (period.grain === "week") day.setUTCDate(day.getUTCDate() - 364);
    else day.setUTCFullYear(day.getUTCFullYear() - 1);
    return find(period.grain, day.toISOString().slice(0, 10));
  };
  // Cohorts, bridge and quality have no weeks: the month in which the week begins, else the first there is.
  fm.coarse = (period) => {
    if (period.grain !== "week") return period;
    return fm.periods.month.findLast((month) => month.start <= period.start) ?? fm.periods.month[0];
  };
  // Up to which day a running period and its base are compared: both are then named by these days.
  fm.running = (period) => (!period || period.complete ? null : fm.at("running", period).find((row) => row.comparison === fm.state.comparison) ?? null);
  fm.sides = (period, base) => {
    const days = fm.running(period);
    return days && base
      ? { period: fm.days(period.start, days.last_day), base: fm.days(days.base_period_start, days.base_last_day) }
      : { period: fm.periodName(period), base: base ? fm.periodName(base) : "" };
  };
  const compared = {};
  // A KPI of the company and its base, like with like: the verdict stands in the mart.
  fm.compared = (kpi, period, base) => {
    const key = (row) => `${row.grain} ${row.period_start} ${row.comparison} ${row.kpi}`;
    if (!compared.rows) compared.rows = Object.fromEntries(fm.rows("comparison").map((row) => [key(row), row]));
    const row = compared.rows[key({ grain: period.grain, period_start: period.start, comparison: fm.state.comparison, kpi })];
    return row ? { now: row.value, before: row.base_value, comparable: row.is_comparable }
      : { now: fm.total(period)?.[kpi] ?? null, before: fm.total(base)?.[kpi] ?? null, comparable: true };
  };
  fm.total = (period) => (period && fm.at("totals", period)[0]) ?? null;
  fm.before = (period, count) => {
    const list = fm.periods[period.grain];
    const index = list.indexOf(period);
    return list.slice(Math.max(0, index - count + 1), index + 1);
  };
})();
