// What became of the leads, and why sales turned some away.
(() => {
  const NAMES = { "(qualified)": "qualified", "(open)": "open", "(no reason given)": "no_reason" };
  const reason = (text) => (Object.hasOwn(NAMES, text) ? fm.t(`quality.${NAMES[text]}`) : text);
  const sum = (rows, key) => rows.reduce((total, row) => total + (row[key] ?? 0), 0);
  const part = (row) => (row.is_disqualified ? "disqualified" : row.reason === "(qualified)" ? "qualified" : "open");

  const stack = (rows, all) => {
    const { h, t } = fm;
    const parts = ["qualified", "open", "disqualified"].map((name) => [name, sum(rows.filter((row) => part(row) === name), "leads")]);
    const text = (name, leads) => `${t(`quality.${name}`)}: ${fm.show(leads)} (${fm.percent(leads / all)})`;
    return [h("div", { class: "stack", role: "img", "aria-label": parts.map(([name, leads]) => text(name, leads)).join("; ") },
      parts.filter(([, leads]) => leads).map(([name, leads]) => h("span", { class: `part-${name}`, style: { flex: String(leads) } }))),
    h("ul", { class: "legend" }, parts.map(([name, leads]) => h("li", { class: `part-${name}` }, h("span", { class: "swatch", "aria-hidden": "true" }), text(name, leads))))];
  };

  fm.sections.quality = ({ coarse }) => {
    const { t } = fm;
    const period = fm.periodName(coarse);
    fm.lead("quality", t("quality.lead", { period }));
    if (fm.only("sales_rep")) { fm.fill("quality", fm.notOf("quality")); return; }
    const rows = fm.at("quality", coarse).filter((row) => !fm.state.only || row.channel === fm.state.only.member);
    const all = sum(rows, "leads");
    if (!all) { fm.fill("quality", fm.otherGrain(coarse), fm.empty(t(fm.hasLeads() ? "quality.empty" : "quality.unknown", { period }))); return; }
    const bad = rows.filter((row) => row.is_disqualified);
    const reasons = [...new Set(bad.map((row) => row.reason))].map((name) => {
      const own = bad.filter((row) => row.reason === name);
      const most = own.reduce((found, row) => (row.leads > found.leads ? row : found));
      return { name, leads: sum(own, "leads"), cost: own.some((row) => row.cost !== null) ? sum(own, "cost") : null, most };
    }).sort((a, b) => b.leads - a.leads);
    const longest = reasons[0]?.leads ?? 1;
    fm.fill("quality", fm.otherGrain(coarse), stack(rows, all),
      reasons.length ? fm.table({
        attributes: { id: "quality-table" },
        columns: [
          { head: t("quality.reason"), value: (row) => reason(row.name) },
          { head: fm.h("span", { class: "hidden-text" }, t("quality.share")), value: (row) => fm.h("td", { class: "funnel-bar part-disqualified" }, fm.meter(row.leads / longest)) },
          { head: t("quality.leads"), number: true, raw: (row) => row.leads, value: (row) => fm.show(row.leads) },
          { head: t("quality.share"), number: true, raw: (row) => row.leads / all, value: (row) => fm.percent(row.leads / all) },
          { head: t("quality.cost"), number: true, raw: (row) => row.cost, value: (row) => fm.show(row.cost, "currency") },
          { head: t("quality.from"), value: (row) => t("quality.from_value", { channel: fm.member(row.most.channel), share: fm.percent(row.most.leads / row.leads, { compact: true }) }) },
        ],
        rows: reasons,
      }) : fm.empty(t("quality.no_disqualified", { period })),
      reasons.length ? fm.note(t("quality.wasted", { share: fm.percent(sum(bad, "leads") / all), cost: fm.show(sum(reasons, "cost"), "currency") })) : null);
  };
})();
