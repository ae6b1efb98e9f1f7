// One channel or one representative for the whole page: where a table has figures of it, they take the company's place.
(() => {
  const DIMENSIONS = ["channel", "sales_rep"];
  let known = null;
  // every member that has ever had figures, by dimension
  fm.memberNames = () => (known ??= (() => {
    const dimensions = fm.values("breakdown", "dimension"), members = fm.values("breakdown", "member");
    return Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, [...new Set(members.filter((_, row) => dimensions[row] === dimension))].sort((a, b) => a.localeCompare(b))]));
  })());
  fm.findMember = (wish) => DIMENSIONS.filter((dimension) => fm.memberNames()[dimension].includes(wish[dimension])).map((dimension) => ({ dimension, member: wish[dimension] }))[0] ?? null;
  fm.only = (dimension) => fm.state.only?.dimension === dimension;
  const chosen = (only) => {
    const weeks = ["week", "days"].includes(fm.state.period?.grain);
    // a channel falls into its campaigns, which have no weeks
    const dimension = only?.dimension === "channel" && !weeks ? "campaign" : only?.dimension ?? "channel";
    return { only, breakdown: { dimension, search: "", open: null, all: false }, history: null };
  };
  fm.setOnly = (only) => fm.set(chosen(only));
  Object.assign(fm.state, chosen(fm.findMember(Object.fromEntries(new URLSearchParams(location.hash.slice(1))))));
  fm.here = () => (fm.state.only ? `${fm.state.only.dimension}=${fm.state.only.member}` : "total");
  fm.ofMember = (name, period) => (fm.state.only ? fm.ownAt(`member_${name}`, fm.state.only, period) : fm.at(name, period));
  // why a section has no figures of the member, in words of its own
  fm.notOf = (section) => fm.empty(fm.t(`only.${section}`, { member: fm.member(fm.state.only.member) }));

  // Medians and stocks as the mart has them; all else is a sum of the period's days, or a ratio of such sums.
  const totals = (period) => {
    const [rest] = fm.ownAt("member_totals", fm.state.only, period);
    return rest ? { ...fm.ofDays(period, fm.state.only), ...rest } : null;
  };
  const none = () => Object.fromEntries(Object.keys(fm.kpis).map((kpi) => [kpi, null]));
  fm.total = (period) => {
    if (!period) return null;
    if (period.grain === "days") return fm.ofDays(period, fm.state.only ?? undefined);
    return fm.state.only ? totals(period) ?? none() : fm.at("totals", period)[0] ?? null;
  };

  // A KPI and its base, like with like: the verdict stands in the mart. Of a range of days only what does not grow on
  // after it is compared.
  const stored = (kpi, period) => fm.ofMember("comparison", period).find((row) => row.kpi === kpi && row.comparison === fm.state.comparison);
  fm.compared = (kpi, period, base) => {
    const now = fm.total(period)?.[kpi] ?? null, before = fm.total(base)?.[kpi] ?? null;
    if (period.grain === "days") return { now, before, comparable: !fm.kpis[kpi].matures };
    const row = stored(kpi, period);
    return row ? { now: row.value ?? now, before: row.base_value, comparable: row.is_comparable } : { now, before, comparable: true };
  };
})();
