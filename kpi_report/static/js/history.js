// Two years of one KPI as a line, and what its goal asks of each period.
(() => {
  const TWO_YEARS = { week: 105, month: 25, quarter: 9, year: 3, days: 13 };
  const HEIGHT = 220, LEFT = 64, RIGHT = 12, TOP = 12, BOTTOM = 28;

  // A goal of a sum asks a share of each period, one of a ratio the same of all that it runs in.
  const asked = (kpi, period) => {
    const goal = fm.goalFor(kpi, period);
    if (!goal) return null;
    const part = fm.at("goal_shares", period).find((row) => row.target_key === goal.target_key)?.share_value;
    return part > 0 ? part : fm.kpis[kpi].kind === "sum" ? null : goal.target_value;
  };

  fm.course = (kpi, period) => fm.before(period, TWO_YEARS[period.grain]).map((one) => ({ period: one, value: fm.total(one)?.[kpi] ?? null, goal: asked(kpi, one) }));

  fm.history = (kpi, period) => {
    const { h, t } = fm;
    const WIDTH = innerWidth < 640 ? 360 : 720; // words as large on a phone
    const points = fm.course(kpi, period);
    const known = points.flatMap(({ value, goal }) => [value, goal]).filter((value) => value !== null);
    if (points.filter(({ value }) => value !== null).length < 2) return fm.empty(t("history.too_short", { name: fm.name(kpi) }));
    const low = Math.min(0, ...known), high = Math.max(0, ...known) || (low ? 0 : 1);
    const x = (index) => LEFT + (index / (points.length - 1)) * (WIDTH - LEFT - RIGHT);
    const y = (value) => TOP + (1 - (value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM);
    const path = (key) => points.map((point, index) => (point[key] === null ? "" : `${index && points[index - 1][key] !== null ? "L" : "M"}${x(index).toFixed(1)} ${y(point[key]).toFixed(1)}`)).join("");
    const text = (content, left, top, anchor) => { const label = document.createElementNS("http://www.w3.org/2000/svg", "text"); label.setAttribute("x", left); label.setAttribute("y", top); label.setAttribute("text-anchor", anchor); label.textContent = content; return label; };
    const said = (point) => [`${fm.periodName(point.period)}: ${fm.showKpi(kpi, point.value)}`, point.goal === null ? null : t("history.goal_value", { value: fm.showKpi(kpi, point.goal) })].filter(Boolean).join(", ");
    const dot = (point, index) => {
      if (point.value === null) return null;
      const mark = h("circle", { cx: x(index), cy: y(point.value), r: 3.5 });
      const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
      title.textContent = said(point);
      mark.append(title);
      return mark;
    };
    const first = points[0].period, last = points.at(-1).period;
    const steps = [0, 0.5, 1].map((part) => low + part * (high - low));
    const svg = h("svg", { class: "history-line", role: "img", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-label": t("history.alt", { name: fm.name(kpi), course: points.map(said).join("; ") }) },
      steps.map((value) => [h("line", { class: "grid", x1: LEFT, x2: WIDTH - RIGHT, y1: y(value), y2: y(value) }), text(fm.showKpi(kpi, value, { compact: Math.abs(value) >= 1e4 }), LEFT - 8, y(value) + 4, "end")]),
      text(fm.periodName(first), LEFT, HEIGHT - 8, "start"), text(fm.periodName(last), WIDTH - RIGHT, HEIGHT - 8, "end"),
      h("path", { class: "goal-line", d: path("goal") }), h("path", { class: "value-line", d: path("value") }), points.map(dot));
    const place = h("div", { class: "chart" }, svg);
    const goals = points.some(({ goal }) => goal !== null);
    return h("div", { class: `history owner-${fm.kpis[kpi].owner}`, id: "history" },
      h("h4", {}, fm.name(kpi), " ", h("span", { class: "muted" }, t(goals ? "history.with_goal" : "history.without_goal"))), place,
      fm.exported(() => place, () => [[t("controls.period"), fm.name(kpi), t("history.goal")], ...points.map(({ period: one, value, goal }) => [one.start, value, goal])]));
  };
})();
