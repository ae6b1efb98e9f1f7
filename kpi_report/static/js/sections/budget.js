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

  // A tenth from one channel to another: first the moves that can be told from chance, never more than fit a glance.
  const moves = (outcome, text) => {
    const { t } = fm;
    const all = fm.rows("moves").filter((row) => row.outcome === outcome && (!fm.state.only || [row.from_channel, row.to_channel].includes(fm.state.only.member)));
    if (!all.length) return null;
    const told = all.filter((row) => row.verdict === "more");
    const beyond = all.filter((row) => row.change === null);
    const note = [
      t("budget.moves_note", { told: told.length, all: all.length, outcome: label(outcome) }),
      beyond.length ? t("budget.moves_beyond", { count: beyond.length }) : "",
    ].filter(Boolean).join(" ");
    return [fm.h("h3", {}, t("budget.moves")), told.length ? fm.table({
      attributes: { id: "moves-table", class: "stacked" },
      columns: [
        { head: t("budget.from"), value: (row) => fm.member(row.from_channel) },
        { head: t("budget.to"), value: (row) => fm.member(row.to_channel) },
        { head: t("budget.moved"), number: true, value: (row) => fm.show(row.moved_spend, "currency", { whole: true }) },
        { head: t("budget.lost"), number: true, value: (row) => text(row.lost) },
        { head: t("budget.gained"), number: true, value: (row) => text(row.gained) },
        { head: t("budget.change"), number: true, value: (row) => ranged(row, "change", text) },
      ],
      rows: told.slice(0, 6),
    }) : null, fm.note(note)];
  };

  fm.sections.budget = () => {
    const { t } = fm;
    if (fm.only("sales_rep")) { fm.lead("budget", ""); fm.fill("budget", fm.notOf("budget")); return; }
    const all = fm.rows("response").filter((row) => !fm.state.only || row.channel === fm.state.only.member);
    const outcomes = OUTCOMES.filter((outcome) => all.some((row) => row.outcome === outcome));
    fm.lead("budget", `${outcomes.length ? t("budget.lead") : ""}${fm.constantDates()}`);
    if (!outcomes.length) { fm.fill("budget", fm.state.only ? fm.notOf("budget_channel") : fm.empty(t("budget.empty"))); return; }
    if (!outcomes.includes(fm.state.outcome)) [fm.state.outcome] = outcomes;
    const { outcome } = fm.state;
    const rows = all.filter((row) => row.outcome === outcome);
    const fitted = (row) => row.verdict === "fitted";
    const text = (value) => write(outcome, value);
    fm.fill("budget", choice(outcomes), fm.table({
      attributes: { id: "budget-table", class: "stacked" },
      columns: [
        { head: t("breakdown.channel"), value: (row) => fm.member(row.channel) },
        { head: t("budget.verdict"), value: (row) => [fm.chip(t(`budget.verdicts.${row.verdict}`), fitted(row) ? "good" : "warn"), fm.h("small", {}, t("budget.weeks", { count: row.weeks }))] },
        { head: t("budget.spend"), number: true, raw: (row) => row.spend_now, value: (row) => [fm.show(row.spend_now, "currency", { whole: true }), fm.h("small", {}, t("budget.tenth", { value: fm.show(row.spend_now / 10, "currency", { whole: true }) }))] },
        { head: t("budget.brings", { outcome: label(outcome) }), number: true, raw: (row) => row.outcome_now, value: (row) => ranged(row, "outcome_now", text) },
        { head: t("budget.last"), number: true, raw: (row) => row.last_10_percent, value: (row) => ranged(row, "last_10_percent", text) },
        { head: t("budget.next"), number: true, raw: (row) => row.next_10_percent, value: (row) => ranged(row, "next_10_percent", text) },
        { head: t(unit(outcome) === "currency" ? "budget.marginal_roi" : "budget.marginal_cost"), number: true, value: margin },
      ],
      rows,
    }), rows.some((row) => row.verdict === "not enough variation") ? fm.note(t("budget.refused")) : null, moves(outcome, text), fm.note(t("budget.promise")));
  };
})();
