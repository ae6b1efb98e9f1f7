// Goals as a tree: where they are, where they should be, where they will end.
(() => {
  const KINDS = { achieved: "good", on_track: "good", at_risk: "warn", off_track: "bad", missed: "bad" };
  const RUNNING = new Set(["on_track", "at_risk", "off_track"]); // what is over or hasn't begun asks for nothing today
  const runs = (goal, period) => (goal.start_date === null || goal.start_date <= period.end) && (goal.due_date === null || goal.due_date >= period.start);
  fm.goalsOf = (period) => fm.rows("goals").filter((goal) => runs(goal, period));
  // those of what the page shows: of the company, with all its parts, or of one member
  fm.goalsHere = (goals) => goals.filter((goal) => !fm.state.only || goal.scope === fm.here());
  // the goal for a KPI of what is shown: of those that run, the one that is due first
  fm.goalFor = (kpi, period) => fm.goalsOf(period).filter((goal) => goal.kpi === kpi && goal.scope === fm.here() && goal.due_date && goal.target_value !== null)
    .sort((a, b) => a.due_date.localeCompare(b.due_date))[0] ?? null;
  fm.status = (goal) => fm.chip(fm.t(`status.${goal.status ?? "none"}`), KINDS[goal.status] ?? "");

  const tree = (goals) => {
    const keys = new Set(goals.map((goal) => goal.target_key));
    const below = (parent, depth) => goals.filter((goal) => (keys.has(goal.parent_target_key) ? goal.parent_target_key : null) === parent)
      .flatMap((goal) => [{ ...goal, depth }, ...below(goal.target_key, depth + 1)]);
    const found = below(null, 0), shown = new Set(found.map((goal) => goal.target_key));
    return [...found, ...goals.filter((goal) => !shown.has(goal.target_key)).map((goal) => ({ ...goal, depth: 0 }))]; // those that serve each other in a circle
  };

  const bullet = (goal) => {
    const { h } = fm;
    if (goal.actual === null || goal.target_value === null) return "–";
    const top = Math.max(goal.actual, goal.target_value, goal.expected_to_date ?? 0, goal.projection_high ?? goal.projection ?? 0) * 1.04 || 1;
    const x = (value) => `${(Math.max(0, value) / top) * 100}%`;
    const show = (value) => fm.showKpi(goal.kpi, value);
    const low = goal.projection_low ?? goal.projection, high = goal.projection_high ?? goal.projection;
    const label = fm.t("goals.bar", {
      actual: show(goal.actual), target: show(goal.target_value), expected: fm.t("goals.expected", { value: show(goal.expected_to_date) }), projection: show(goal.projection),
    });
    return h("svg", { class: "bullet", role: "img", "aria-label": label, width: "100%", height: 18 },
      h("rect", { class: "back", x: 0, y: 4, width: "100%", height: 10, rx: 2 }),
      low === null ? null : h("rect", { class: "range", x: x(low), y: 4, width: `${Math.max(0.8, ((high - low) / top) * 100)}%`, height: 10 }),
      h("rect", { class: "actual", x: 0, y: 6, width: x(goal.actual), height: 6, rx: 1 }),
      goal.expected_to_date === null ? null : h("line", { class: "expected", x1: x(goal.expected_to_date), x2: x(goal.expected_to_date), y1: 1, y2: 17 }),
      h("line", { class: "target", x1: x(goal.target_value), x2: x(goal.target_value), y1: 1, y2: 17 }));
  };

  const legend = () => fm.h("ul", { class: "legend" }, ["actual", "expected", "target", "range"].map((mark) =>
    fm.h("li", {}, fm.h("span", { class: `mark-key ${mark}`, "aria-hidden": "true" }), fm.t(`goals.key_${mark}`))));

  const more = (goal) => {
    const { t } = fm;
    const money = (value, sign) => fm.show(value, "currency", { sign });
    const texts = [];
    if (goal.gap_owner) texts.push(t(goal.status === "missed" ? "goals.gap_over" : "goals.gap", { marketing: money(-goal.marketing_gap, true), sales: money(-goal.sales_gap, true) }));
    if (goal.required_leads !== null && RUNNING.has(goal.status)) texts.push(t("goals.needs", { leads: fm.show(Math.ceil(goal.required_leads)), qualified: fm.show(Math.ceil(goal.required_qualified_leads)) }));
    return texts.map((text) => fm.h("small", {}, text));
  };
  const name = (goal) => fm.h("th", { scope: "row", class: `depth-${Math.min(goal.depth, 3)}` },
    fm.h("span", { class: "goal-name" }, fm.term(goal.kpi), fm.scope(goal.scope) ? ` · ${fm.scope(goal.scope)}` : null,
      fm.h("small", {}, goal.owner ?? fm.t("goals.no_owner"))));
  const projection = (goal) => [fm.showKpi(goal.kpi, goal.projection), goal.projection_low === null || goal.projection_low === goal.projection_high ? null
    : fm.h("small", {}, fm.t("goals.range", { low: fm.showKpi(goal.kpi, goal.projection_low), high: fm.showKpi(goal.kpi, goal.projection_high) }))];
  const smart = (goal) => (goal.smart_failing ? [fm.t("goals.failing", { letters: goal.smart_failing }),
    fm.h("small", {}, [...goal.smart_failing].map((letter) => fm.t(`smart.${letter}`)).join(", "))] : fm.t("goals.smart_ok"));

  fm.sections.goals = ({ period }) => {
    const { h, t } = fm;
    const all = fm.goalsHere(fm.rows("goals"));
    const running = fm.goalsHere(fm.goalsOf(period));
    const goals = fm.state.allGoals ? all : running;
    const there = fm.periodName(period);
    fm.lead("goals", all.length ? t("goals.lead", { date: fm.day(fm.meta.today), period: there }) : "");
    const toggle = all.length > running.length ? h("p", { class: "note show-all" }, h("label", {},
      h("input", { type: "checkbox", id: "all-goals", checked: fm.state.allGoals, onchange: (event) => { fm.state.allGoals = event.target.checked; fm.redraw("goals"); document.getElementById("all-goals").focus(); } }),
      " ", t("goals.show_all"))) : null;
    if (!goals.length) { fm.fill("goals", fm.state.only ? fm.notOf("goals") : fm.empty(t("goals.empty", { period: there })), toggle); return; }
    fm.fill("goals", legend(), fm.table({
      attributes: { id: "goals-table", class: "stacked" },
      columns: [
        { head: t("goals.goal"), value: name },
        { head: t("goals.status"), value: fm.status },
        { head: t("goals.actual"), number: true, raw: (goal) => goal.actual, value: (goal) => fm.showKpi(goal.kpi, goal.actual) },
        { head: t("goals.target"), number: true, raw: (goal) => goal.target_value, value: (goal) => fm.showKpi(goal.kpi, goal.target_value) },
        { head: t("goals.pace"), value: (goal) => [bullet(goal), ...more(goal)] },
        { head: t("goals.projection"), number: true, raw: (goal) => goal.projection, value: projection },
        { head: t("goals.due"), number: true, raw: (goal) => goal.due_date, value: (goal) => (goal.due_date ? fm.day(goal.due_date) : "–") },
        { head: t("goals.smart"), value: smart },
      ],
      rows: tree(goals),
    }), toggle);
  };
})();
