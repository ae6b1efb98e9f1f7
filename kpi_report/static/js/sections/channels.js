// Channels side by side; a column's head sorts, and says what the KPI means.
(() => {
  const KPIS = ["ad_spend", "marketing_cost", "leads", "cpl", "qualified_leads", "lead_to_deal_conversion", "won_deals", "revenue", "cac", "roi"];

  const sorted = (rows) => {
    const { key, descending } = fm.state.sort;
    const compare = (a, b) => {
      if (key === "channel") return a.channel.localeCompare(b.channel) * (descending ? -1 : 1);
      // what has no value stands last, whatever the order
      if (a[key] === null || b[key] === null) return (a[key] === null) - (b[key] === null);
      return (a[key] - b[key]) * (descending ? -1 : 1);
    };
    return [...rows].sort(compare);
  };
  const sort = (key) => {
    const { sort: now } = fm.state;
    fm.state.sort = { key, descending: now.key === key ? !now.descending : key !== "channel" };
    fm.redraw("channels");
    document.querySelector(`#channels [data-sort="${key}"]`).focus();
  };
  const head = (key, text) => fm.h("button", { type: "button", class: "sort", "data-sort": key, "data-kpi": fm.kpis[key] ? key : null, onclick: () => sort(key) }, text);
  const order = (key) => (fm.state.sort.key === key ? (fm.state.sort.descending ? "descending" : "ascending") : "none");

  fm.sections.channels = ({ period }) => {
    const { t } = fm;
    const name = fm.periodName(period);
    fm.lead("channels", t("channels.lead"));
    const rows = fm.at("channels", period).filter((row) => KPIS.some((kpi) => row[kpi]));
    if (!rows.length) { fm.fill("channels", fm.empty(t("channels.empty", { period: name }))); return; }
    const span = fm.before(period, 13);
    const trend = (row) => {
      if (!row.channel) return "";
      const course = span.map((one) => fm.at("channels", one).find((other) => other.channel === row.channel)?.revenue ?? null);
      return fm.spark(course, t("channels.trend_of", { channel: fm.member(row.channel), periods: fm.lastPeriods(period.grain, span.length) }), 96, 22);
    };
    const total = fm.total(period);
    fm.fill("channels",
      fm.table({
        attributes: { id: "channels-table", class: "sticky-first" },
        caption: t("channels.caption", { period: name }),
        columns: [
          { head: head("channel", t("channels.channel")), sorted: order("channel"), value: (row) => (row.channel ? fm.member(row.channel) : t("common.total")) },
          ...KPIS.map((kpi) => ({
            head: head(kpi, fm.name(kpi)), sorted: order(kpi), number: true, raw: (row) => row[kpi],
            value: (row) => (kpi === "roi" && row.roi < 0 ? fm.h("span", { class: "bad" }, fm.showKpi(kpi, row.roi)) : fm.showKpi(kpi, row[kpi])),
          })),
          { head: t("channels.trend"), value: trend },
        ],
        rows: sorted(rows), foot: { ...total, channel: null },
      }),
      fm.note(t("channels.young", { period: name })));
  };
})();
