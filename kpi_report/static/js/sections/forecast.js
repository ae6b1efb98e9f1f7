// The months to the end of the year: what is closed, what the pipeline and new leads will yield, and how right it was.
(() => {
  const KPIS = ["revenue", "won_deals", "leads"];
  const month = (start) => fm.periodName({ grain: "month", start });
  const figure = (kpi, value, options = {}) => fm.show(value === null ? null : kpi === "revenue" ? value : Math.round(value), kpi === "revenue" ? "currency" : "count", { whole: true, ...options });
  const sum = (rows, key) => rows.reduce((total, row) => total + row[key], 0);

  const choice = (kpis) => fm.h("div", { class: "tools" }, fm.h("div", { class: "segmented", role: "group", "aria-label": fm.t("forecast.kpi") }, kpis.map((kpi) => fm.h("button", {
    type: "button", "data-forecast": kpi, "aria-pressed": String(kpi === fm.state.forecast),
    onclick: () => { fm.state.forecast = kpi; fm.redraw("forecast"); document.querySelector(`[data-forecast="${kpi}"]`).focus(); },
  }, fm.name(kpi)))));

  const months = (kpi, rows) => {
    const { t } = fm;
    const part = (key) => ({ head: t(`forecast.${key}`), number: true, raw: (row) => row[key], value: (row) => figure(kpi, row[key]) });
    return fm.table({
      attributes: { id: "forecast-table", class: "sticky-first" },
      columns: [
        { head: t("grain.month"), value: (row) => (row.month ? month(row.month) : t("common.total")) },
        part("value"),
        { head: t("forecast.range"), number: true, value: (row) => (row.low === null ? "–" : t("goals.range", { low: figure(kpi, row.low), high: figure(kpi, row.high) })) },
        part("closed"), part("from_pipeline"), part("from_new_leads"),
      ],
      rows,
      // ranges of months don't add up
      foot: { month: null, low: null, ...Object.fromEntries(["closed", "from_pipeline", "from_new_leads", "value"].map((key) => [key, sum(rows, key)])) },
    });
  };

  const record = (kpi) => {
    const { h, t } = fm;
    const past = fm.rows("forecast_record").filter((row) => row.kpi === kpi);
    if (!past.length) return [h("h3", {}, t("forecast.record")), fm.note(t("forecast.no_record"))];
    const ahead = [1, 2, 3].map((months) => past.filter((row) => row.months_ahead === months)).filter((rows) => rows.length).map((rows) => {
      const came = sum(rows, "actual");
      return {
        months: rows[0].months_ahead, count: rows.length,
        error: came ? rows.reduce((total, row) => total + Math.abs(row.error), 0) / came : null, bias: came ? sum(rows, "error") / came : null,
      };
    });
    return [h("h3", {}, t("forecast.record")), fm.table({
      attributes: { id: "forecast-record" },
      columns: [
        { head: t("forecast.ahead"), value: (row) => t("forecast.months_before", { count: row.months }) },
        { head: t("forecast.forecasts"), number: true, raw: (row) => row.count, value: (row) => fm.show(row.count) },
        { head: t("forecast.error"), number: true, raw: (row) => row.error, value: (row) => fm.percent(row.error) },
        { head: t("forecast.bias"), number: true, raw: (row) => row.bias, value: (row) => fm.percent(row.bias, { sign: true }) },
      ],
      rows: ahead,
    }), fm.note(t("forecast.record_note")), fm.details(t("forecast.past"), fm.table({
      columns: [
        { head: t("grain.month"), value: (row) => month(row.month) },
        { head: t("forecast.ahead"), value: (row) => t("forecast.months_before", { count: row.months_ahead }) },
        { head: t("forecast.value"), number: true, raw: (row) => row.value, value: (row) => figure(kpi, row.value) },
        { head: t("forecast.came"), number: true, raw: (row) => row.actual, value: (row) => figure(kpi, row.actual) },
        { head: t("forecast.difference"), number: true, raw: (row) => row.error, value: (row) => figure(kpi, row.error, { sign: true }) },
      ],
      rows: [...past].sort((a, b) => b.month.localeCompare(a.month) || a.months_ahead - b.months_ahead),
    }))];
  };

  fm.sections.forecast = () => {
    const { t } = fm;
    if (fm.state.only) { fm.lead("forecast", ""); fm.fill("forecast", fm.notOf("forecast")); return; }
    const all = fm.rows("forecast");
    fm.lead("forecast", `${all.length ? t("forecast.lead", { date: fm.day(all[0].as_of) }) : ""}${fm.constantDates()}`);
    const kpis = KPIS.filter((kpi) => all.some((row) => row.kpi === kpi));
    if (!kpis.length) { fm.fill("forecast", fm.empty(t("forecast.empty"))); return; }
    if (!kpis.includes(fm.state.forecast)) [fm.state.forecast] = kpis;
    const kpi = fm.state.forecast;
    const rows = all.filter((row) => row.kpi === kpi);
    if (rows.some((row) => !row.enough_history || row.value === null)) {
      fm.fill("forecast", choice(kpis), fm.empty(t(sum(rows, "closed") ? "forecast.no_history" : "forecast.nothing_yet", { closed: figure(kpi, sum(rows, "closed")), name: fm.name(kpi) })));
      return;
    }
    fm.fill("forecast", choice(kpis), fm.h("div", { class: "cohort-parts" }, months(kpi, rows), fm.h("div", {}, record(kpi))));
  };
})();
