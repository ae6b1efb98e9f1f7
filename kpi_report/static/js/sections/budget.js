// What a tenth of each channel's budget brings, as its own weeks say: a relation with its range, never a promise.
(() => {
  const OUTCOMES = ["leads", "qualified_leads", "won_value"];
  const unit = (outcome) => (outcome === "won_value" ? "currency" : "count");
  const write = (outcome, value) => (outcome === "won_value" ? fm.show(value, "currency", { whole: true }) : fm.show(value, "count"));
  const ranged = (row, key, text) => (row[key] === null ? "–" : [text(row[key]),
    row[`${key}_low`] === null || row[`${key}_high`] === null ? null : fm.h("small", {}, fm.t("goals.range", { low: text(row[`${key}_low`]), high: text(row[`${key}_high`]) }))]);
  const label = (outcome) => (outcome === "won_value" ? fm.t("budget.won_value") : fm.name(outcome));

  const choice = (outcomes) => fm.h("div", { class: "tools" }, fm.h("div", { class: "segmented", role: "group", "aria-label": fm.t("budget.outcome") }, outcomes.map((outcome) => fm.h("button", {
    type: "button", "data-outcome": outcome, "aria-pressed": String(outcome === fm.state.outcome),
    onclick: () => { fm.state.outcome = outcome; fm.redraw("budget"); document.querySelector(`[data-outcome="${outcome}"]`).focus(); },
  }, label(outcome)))));

  // Cost of one more, or what one more unit of money returns; beside it the average of all.
  const margin = (row) => {
    const money = (value) => fm.show(value, "currency");
    const ratio = (value) => fm.show(value, "ratio", { sign: true });
    const [key, average, text] = row.outcome === "won_value" ? ["marginal_roi", row.average_roi, ratio] : ["marginal_cost", row.average_cost, money];
    return row[key] === null ? "–" : [ranged(row, key, text), average === null ? null : fm.h("small", {}, fm.t("budget.average", { value: text(average) }))];
  };

  fm.sections.budget = () => {
    const { t } = fm;
    const all = fm.rows("response");
    const outcomes = OUTCOMES.filter((outcome) => all.some((row) => row.outcome === outcome));
    fm.lead("budget", outcomes.length ? t("budget.lead") : "");
    if (!outcomes.length) { fm.fill("budget", fm.empty(t("budget.empty"))); return; }
    if (!outcomes.includes(fm.state.outcome)) [fm.state.outcome] = outcomes;
    const { outcome } = fm.state;
    const rows = all.filter((row) => row.outcome === outcome);
    const fitted = (row) => row.verdict === "fitted";
    const text = (value) => write(outcome, value);
    fm.fill("budget", choice(outcomes), fm.table({
      attributes: { id: "budget-table", class: "stacked" },
      columns: [
        { head: t("breakdown.channel"), value: (row) => fm.member(row.channel) },
        { head: t("budget.verdict"), value: (row) => [fm.chip(t(fitted(row) ? "budget.fitted" : "budget.too_little"), fitted(row) ? "good" : "warn"), fm.h("small", {}, t("budget.weeks", { count: row.weeks }))] },
        { head: t("budget.spend"), number: true, raw: (row) => row.spend_now, value: (row) => [fm.show(row.spend_now, "currency", { whole: true }), fm.h("small", {}, t("budget.tenth", { value: fm.show(row.spend_now / 10, "currency", { whole: true }) }))] },
        { head: t("budget.brings", { outcome: label(outcome) }), number: true, raw: (row) => row.outcome_now, value: (row) => ranged(row, "outcome_now", text) },
        { head: t("budget.last"), number: true, raw: (row) => row.last_10_percent, value: (row) => ranged(row, "last_10_percent", text) },
        { head: t("budget.next"), number: true, raw: (row) => row.next_10_percent, value: (row) => ranged(row, "next_10_percent", text) },
        { head: t(unit(outcome) === "currency" ? "budget.marginal_roi" : "budget.marginal_cost"), number: true, value: margin },
      ],
      rows,
    }), rows.every(fitted) ? null : fm.note(t("budget.refused")), fm.note(t("budget.promise")));
  };
})();
