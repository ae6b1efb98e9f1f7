// The figures as records, and what the reader has chosen. The choice is kept in the address, so that a link shows the same.
(() => {
  const records = {};
  const record = (name, row) => Object.fromEntries(fm.data[name].columns.map((key, i) => [key, row[i]]));
  fm.rows = (name) => (records[name] ??= fm.data[name].rows.map((row) => record(name, row)));
  // The values of one column.
  fm.values = (name, column) => { const at = fm.data[name].columns.indexOf(column); return fm.data[name].rows.map((row) => row[at]); };

  const indexes = {}, found = {};
  // The records of a table for one grain and period; they are made when they are asked for: a table may have many.
  fm.at = (name, { grain, start }) => (found[`${name} ${grain} ${start}`] ??= (() => {
    const { columns, rows } = fm.data[name];
    const [byGrain, byStart] = ["grain", "period_start"].map((column) => columns.indexOf(column));
    indexes[name] ??= rows.reduce((all, row) => { (all[`${row[byGrain]} ${row[byStart]}`] ??= []).push(row); return all; }, {});
    return (indexes[name][`${grain} ${start}`] ?? []).map((row) => record(name, row));
  })());

  fm.meta = fm.rows("meta")[0];
  // a goal may name what is no KPI, such as `constructor`, which every other object has
  fm.kpis = Object.assign(Object.create(null), Object.fromEntries(fm.rows("kpis").map((row) => [row.kpi, row])));
  fm.periods = {};
  for (const row of fm.rows("totals")) {
    (fm.periods[row.grain] ??= []).push({ grain: row.grain, start: row.period_start, end: row.period_end, complete: row.is_complete });
  }
  fm.grains = ["week", "month", "quarter", "year"].filter((grain) => fm.periods[grain]);
  // free ranges of days: from the first day that has figures up to today
  fm.firstDay = fm.grains.map((grain) => fm.periods[grain][0].start).toSorted().at(-1) ?? null;
  fm.lastDay = fm.meta.today;

  // the period that every face opens on stands in the mart
  const opening = (grain) => fm.rows("opening").find((row) => row.grain === grain)?.period_start;
  const newest = (grain) => find(grain, opening(grain)) ?? fm.periods[grain]?.findLast((period) => period.complete) ?? fm.periods[grain]?.at(-1) ?? null;
  const find = (grain, start) => fm.periods[grain]?.find((period) => period.start === start) ?? null;
  const wish = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const one = (value, choices, otherwise) => (choices.includes(value) ? value : otherwise);
  const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text ?? "") && text >= fm.firstDay && text <= fm.lastDay;
  const wished = wish.grain === "days" && isDay(wish.from) && isDay(wish.to) && wish.from <= wish.to ? fm.range(wish.from, wish.to) : null;
  const grain = one(wish.grain, fm.grains, fm.grains.includes("month") ? "month" : fm.grains[0]);
  fm.state = {
    locale: one(wish.lang, Object.keys(fm.texts), fm.meta.locale),
    theme: one(wish.theme, ["auto", "light", "dark"], "auto"),
    comparison: one(wish.vs, ["previous_period", "previous_year"], "previous_period"),
    period: wished ?? find(grain, wish.period) ?? newest(grain),
    only: null,
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
    const { locale, theme, comparison, period, only } = fm.state;
    const shown = period && (period.grain === "days" ? { from: period.start, to: period.end } : { period: period.start });
    const kept = { lang: locale, theme, vs: comparison, ...(period && { grain: period.grain, ...shown }), ...(only && { [only.dimension]: only.member }) };
    history.replaceState(null, "", `#${new URLSearchParams(kept)}`);
    fm.draw();
  };
  fm.setGrain = (next) => {
    const { start, end } = fm.state.period;
    if (next === "days") { fm.set({ period: fm.range(start < fm.firstDay ? fm.firstDay : start, end > fm.lastDay ? fm.lastDay : end) }); return; }
    const around = fm.periods[next].filter((period) => period.start <= end && period.end >= start);
    fm.set({ period: around.findLast((period) => period.complete) ?? around.at(-1) ?? newest(next) });
  };
  fm.neighbour = (step) => {
    if (fm.state.period.grain === "days") {
      const next = fm.shifted(fm.state.period, step);
      return next.start >= fm.firstDay && next.end <= fm.lastDay ? next : null;
    }
    const list = fm.periods[fm.state.period.grain];
    return list[list.indexOf(fm.state.period) + step] ?? null;
  };

  // the 28th where there is no 29th of February
  const yearBefore = (day) => `${Number(day.slice(0, 4)) - 1}${day.slice(4) === "-02-29" ? "-02-28" : day.slice(4)}`;
  // What the chosen period is compared with; null where there is nothing.
  fm.baseOf = (period) => {
    if (period.grain === "days") {
      const base = fm.state.comparison === "previous_period" ? fm.shifted(period, -1) : fm.range(yearBefore(period.start), yearBefore(period.end));
      return base.start >= fm.firstDay ? base : null;
    }
    const list = fm.periods[period.grain];
    if (fm.state.comparison === "previous_period" || period.grain === "year") return list[list.indexOf(period) - 1] ?? null;
    const day = new Date(`${period.start}T00:00:00Z`);
    // the same week is the one 52 weeks before: same weekdays
    if (period.grain === "week") day.setUTCDate(day.getUTCDate() - 364);
    else day.setUTCFullYear(day.getUTCFullYear() - 1);
    return find(period.grain, day.toISOString().slice(0, 10));
  };
  // Cohorts, bridge and quality have no weeks: the month in which the week begins, else the first there is; of free days
  // the month in which they end.
  fm.coarse = (period) => {
    if (period.grain !== "week" && period.grain !== "days") return period;
    return fm.periods.month.findLast((month) => month.start <= (period.grain === "week" ? period.start : period.end)) ?? fm.periods.month[0];
  };
  // Up to which day a running period and its base are compared: both are then named by these days.
  fm.running = (period) => (!period || period.complete ? null : fm.at("running", period).find((row) => row.comparison === fm.state.comparison) ?? null);
  fm.sides = (period, base) => {
    const days = fm.running(period);
    return days && base
      ? { period: fm.days(period.start, days.last_day), base: fm.days(days.base_period_start, days.base_last_day) }
      : { period: fm.periodName(period), base: base ? fm.periodName(base) : "" };
  };
  fm.before = (period, count) => {
    if (period.grain === "days") return Array.from({ length: count }, (_, at) => fm.shifted(period, at - count + 1)).filter(({ start }) => start >= fm.firstDay);
    const list = fm.periods[period.grain];
    const index = list.indexOf(period);
    return list.slice(Math.max(0, index - count + 1), index + 1);
  };
})();
