// The meeting's first minute: what happened, whose levers, are we on track, what is wrong.
fm.sections.summary = ({ period, base }) => {
  const { t } = fm;
  const { now, before } = fm.compared("revenue", period, base);
  const names = fm.sides(period, base);
  const name = names.period;
  const sentences = [];
  if (fm.state.only) sentences.push(t("only.summary", { member: fm.member(fm.state.only.member) }));
  if (now === null) sentences.push(t("summary.no_revenue", { period: name }));
  else {
    const value = fm.show(now, "currency");
    if (before === null || before === undefined) sentences.push(t("summary.revenue_alone", { period: name, value }));
    else if (before === 0 && now !== 0) sentences.push(t("summary.revenue_from_none", { period: name, value, base: names.base }));
    else {
      const way = now > before ? "up" : now < before ? "down" : "flat";
      sentences.push(t(`summary.revenue_${way}`, {
        period: name, value, base: names.base, change: fm.percent(Math.abs(now - before) / (Math.abs(before) || 1)),
      }));
    }
  }
  // a week has no bridge of its own, and its month's beside the week's revenue would seem to explain it
  const levers = fm.state.only || fm.coarse(period) === period ? fm.levers("revenue", period) : null;
  if (levers) sentences.push(t("summary.levers", {
    marketing: fm.show(levers.marketing, "currency", { sign: true }), sales: fm.show(levers.sales, "currency", { sign: true }),
  }));
  if (levers?.nobody) sentences.push(t("summary.nobody", { nobody: fm.show(levers.nobody, "currency", { sign: true }) }));
  const goals = fm.goalsHere(fm.goalsOf(period)).filter((goal) => goal.status);
  if (goals.length) sentences.push(t("summary.goals", {
    good: goals.filter((goal) => ["achieved", "on_track"].includes(goal.status)).length, all: goals.length, period: fm.periodName(period),
  }));
  const findings = fm.findingsHere(period);
  const count = (severity) => findings.filter((finding) => finding.severity === severity).length;
  sentences.push(findings.length ? t("summary.findings", { critical: count("critical"), warnings: count("warning") }) : t("summary.nothing_found"));
  fm.fill("summary", fm.h("p", {}, sentences.join(" ")), period.complete ? null : fm.note(t(base ? "period.running" : "period.running_alone", { period: fm.periodName(period) })), fm.state.only ? null : fm.since());
};

// What this publication changed of what the one before had said.
fm.since = () => {
  if (!fm.data.since) return null;
  const { t } = fm;
  const [row] = fm.rows("since");
  const moves = fm.rows("since_moves");
  const month = (start) => fm.periodName({ grain: "month", start });
  const said = row.days ? t("since.days", { days: row.days, span: row.first_day === row.last_day ? fm.day(row.first_day) : fm.days(row.first_day, row.last_day) }) : "";
  return fm.details(t("since.title", { date: fm.time(row.built_at) }), fm.h("p", {}, [said, moves.length ? t("since.moves") : t("since.no_moves")].filter(Boolean).join(" ")),
    moves.length ? fm.table({
      attributes: { id: "since-table" },
      columns: [
        { head: t("headlines.kpi"), value: (move) => fm.term(move.kpi) },
        { head: t("controls.period"), value: (move) => month(move.period_start), raw: (move) => move.period_start },
        { head: t("since.was"), number: true, raw: (move) => move.old, value: (move) => fm.showKpi(move.kpi, move.old) },
        { head: t("since.is"), number: true, raw: (move) => move.new, value: (move) => fm.showKpi(move.kpi, move.new) },
        { head: t("headlines.change"), number: true, value: (move) => fm.delta(fm.change(move.kpi, move.new, move.old)) },
      ],
      rows: moves,
    }) : null);
};
