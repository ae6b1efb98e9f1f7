// Any range of days: sums of days, and KPIs as ratios of such sums, by the catalogue's own expressions.
(() => {
  const DAY = 864e5;
  fm.plus = (day, days) => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
  fm.length = ({ start, end }) => Math.round((Date.parse(end) - Date.parse(start)) / DAY) + 1;
  fm.range = (start, end) => ({ grain: "days", start, end, complete: true });
  // a range of as many days, so many lengths later
  fm.shifted = (range, step) => { const days = fm.length(range); return fm.range(fm.plus(range.start, step * days), fm.plus(range.end, step * days)); };
  const day = (text) => text.slice(0, 10);

  let known = null; // what somebody delivers is none on a day without it; what nobody delivers is null
  // The sums of a member's days.
  fm.measuresOf = (of, { start, end }) => {
    const table = fm.columns("days"), span = fm.span("days", of);
    const rows = [];
    for (let row = span?.from ?? 0; span && row <= span.to; row += 1) {
      const date = day(table.period_start[row]);
      if (date >= start && date <= end) rows.push(row);
    }
    known ??= Object.keys(table).filter((measure) => table[measure].some((value) => typeof value === "number"));
    return { ...Object.fromEntries(Object.keys(table).map((measure) => [measure, null])), ...Object.fromEntries(known.map((measure) => [measure, rows.reduce((sum, row) => sum + (table[measure][row] ?? 0), 0)])) };
  };

  // null spreads as in SQL; a condition that is null does not hold
  const reckon = (tree, measures) => {
    if (tree === null || typeof tree === "number") return tree;
    if (typeof tree === "string") return measures[tree];
    const [operation, ...parts] = tree;
    const values = parts.map((part) => reckon(part, measures));
    if (operation === "coalesce") return values.find((value) => value !== null) ?? null;
    if (operation === "and") return values.every(Boolean);
    if (operation === "case") return values[0] ? values[1] : values[2];
    if (values.includes(null)) return null;
    const [left, right] = values;
    return operation === "+" ? left + right : operation === "-" ? left - right : operation === "=" ? left === right : left !== right;
  };
  const tidy = (value) => (typeof value === "number" ? Number(value.toPrecision(13)) : value);
  const total = { dimension: "total", member: "total" };

  const kept = {};
  // Every KPI of a range that is a sum of days or a ratio of such sums; of the others nothing.
  fm.ofDays = (range, of = total) => (kept[`${of.dimension} ${of.member} ${range.start} ${range.end}`] ??= (() => {
    const measures = fm.measuresOf(of, range);
    return Object.fromEntries(Object.entries(fm.kpis).map(([kpi, { dimensions }]) => {
      if (!fm.reckoned[kpi] || !dimensions.includes(of.dimension)) return [kpi, null];
      const [numerator, denominator] = fm.reckoned[kpi];
      const above = reckon(numerator, measures);
      if (denominator === null) return [kpi, tidy(above)];
      const below = reckon(denominator, measures);
      return [kpi, above === null || !below ? null : above / below];
    }));
  })());
  fm.membersOfDays = (dimension, range) => {
    const table = fm.columns("days");
    return [...new Set(table.member.filter((_, row) => table.dimension[row] === dimension))]
      .map((member) => ({ dimension, member, ...fm.ofDays(range, { dimension, member }) }))
      .filter((row) => ["leads", "won_deals", "lost_deals", "revenue", "marketing_cost"].some((kpi) => row[kpi]));
  };
})();
