// Cards by whose figure it is, and the whole catalogue behind them.
(() => {
  const CARDS = {
    shared: ["revenue", "profit", "roi", "cac"],
    marketing: ["marketing_cost", "leads", "qualified_leads", "cpl"],
    sales: ["won_deals", "average_check", "win_rate", "median_response_minutes"],
  };
  // A KPI that matures and has no times to tell by is not compared.
  const delta = (kpi, { period, base }) => {
    const { now, before, comparable } = fm.compared(kpi, period, base);
    return comparable ? fm.delta(fm.change(kpi, now, before)) : fm.h("span", { class: "muted" }, fm.t("headlines.ripening"));
  };

  // What of the goal falls on the period, and how much of that has come.
  const share = (goal, kpi, period) => {
    const part = fm.at("goal_shares", period).find((row) => row.target_key === goal.target_key)?.share_value;
    const value = fm.total(period)[kpi];
    // what is to fall has a limit: to have used it up is no success
    return part > 0 ? fm.h("span", { class: "goal-share" }, fm.t(goal.direction === "decrease" ? "headlines.limit_share" : "headlines.goal_share", {
      value: fm.showKpi(kpi, part), reached: fm.percent((value ?? 0) / part, { compact: true }),
    })) : null;
  };

  // A KPI has figures here if it has a meaning for the member, and if free days can add it up.
  const meant = (kpi) => !fm.state.only || fm.kpis[kpi].dimensions.includes(fm.state.only.dimension);
  const told = (kpi, { period }) => meant(kpi) && (period.grain !== "days" || kpi in fm.reckoned);
  const names = (kpis) => kpis.map((kpi) => fm.name(kpi)).join(", ");
  const missing = ({ period }) => {
    const kpis = fm.rows("kpis").map(({ kpi }) => kpi);
    const costly = kpis.filter((kpi) => !meant(kpi)), unsummed = period.grain === "days" ? kpis.filter((kpi) => meant(kpi) && !(kpi in fm.reckoned)) : [];
    return [costly.length ? fm.note(fm.t("only.headlines", { names: names(costly) })) : null, unsummed.length ? fm.note(fm.t("days.headlines", { names: names(unsummed) })) : null];
  };

  const card = (kpi, { period, base }) => {
    const { h, t } = fm;
    const value = fm.total(period)[kpi];
    const span = fm.before(period, 13);
    const course = span.map((one) => fm.total(one)[kpi]);
    const known = course.filter((one) => one !== null);
    const goal = fm.goalFor(kpi, period);
    const trend = known.length < 2 ? "" : t("headlines.trend", {
      name: fm.name(kpi), count: span.length, first: fm.showKpi(kpi, known[0]), last: fm.showKpi(kpi, known.at(-1)),
    });
    return h("div", { class: `card owner-${fm.kpis[kpi].owner}`, "data-card": kpi },
      h("p", { class: "name" }, fm.term(kpi)),
      h("p", { class: "value" }, fm.showKpi(kpi, value, { compact: Math.abs(value) >= 1e6 })),
      h("button", {
        type: "button", class: "two-years", "data-history": kpi, "aria-expanded": String(fm.state.history === kpi), "aria-label": t("history.open", { name: fm.name(kpi) }),
        onclick: () => { fm.state.history = fm.state.history === kpi ? null : kpi; fm.redraw("headlines"); document.querySelector(`#headlines [data-history="${kpi}"]`).focus(); },
      }, fm.spark(course, trend)),
      h("p", { class: "delta" }, delta(kpi, { period, base }), " ",
        base ? h("span", { class: "muted" }, t("common.against", { period: fm.sides(period, base).base })) : h("span", { class: "muted" }, t("common.new"))),
      goal ? h("p", { class: "goal" }, share(goal, kpi, period), t("headlines.goal", { value: fm.showKpi(kpi, goal.target_value), date: fm.day(goal.due_date) }), " ", fm.status(goal)) : null);
  };

  // A KPI's formula leads to its own page of the dbt docs, where they hold one.
  const page = (row) => (fm.pages.includes(row.kpi) ? fm.h("a", { href: `dbt_docs.html#!/metric/metric.funnelmart.${row.kpi}` }, row.formula) : row.formula);

  const every = ({ period, base }) => {
    const { t } = fm;
    const now = fm.total(period);
    return fm.table({
      caption: t("headlines.all"),
      columns: [
        { head: t("headlines.kpi"), value: (row) => fm.term(row.kpi) },
        { head: t("headlines.value"), number: true, raw: (row) => now[row.kpi], value: (row) => fm.showKpi(row.kpi, now[row.kpi]) },
        { head: t("headlines.before"), number: true, raw: (row) => fm.compared(row.kpi, period, base).before, value: (row) => fm.showKpi(row.kpi, fm.compared(row.kpi, period, base).before) },
        { head: t("headlines.change"), number: true, value: (row) => delta(row.kpi, { period, base }) },
        { head: t("headlines.owner"), value: (row) => t(`owner.${row.owner}`) },
        { head: t("headlines.formula"), value: (row) => fm.h("td", { class: "code", lang: "en" }, page(row)) },
      ],
      rows: fm.rows("kpis").filter(({ kpi }) => told(kpi, { period })),
    });
  };

  fm.sections.headlines = (view) => {
    const { h, t } = fm;
    fm.lead("headlines", t("headlines.lead"));
    fm.fill("headlines",
      Object.entries(CARDS).map(([owner, kpis]) => [owner, kpis.filter((kpi) => told(kpi, view))]).filter(([, kpis]) => kpis.length).map(([owner, kpis]) => h("div", { class: "group" },
        h("h3", {}, fm.swatch(owner), t(`owner.${owner}`)), h("div", { class: "cards" }, kpis.map((kpi) => card(kpi, view))),
        kpis.includes(fm.state.history) ? fm.history(fm.state.history, view.period) : null)),
      missing(view), fm.details(t("headlines.all"), every(view)));
  };
})();
