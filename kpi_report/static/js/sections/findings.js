// What the rules found: whose move, and the next step.
(() => {
  const FIRST = 6;
  fm.findingsOf = (period) => {
    const { start, end } = fm.coarse(period);
    // odd days in a row may begin in one period and end in the next: they are of both
    return fm.rows("findings").filter((row) => (row.grain === "day" ? row.period_end >= start && row.period_start <= end
      : row.period_start >= start && row.period_end <= end));
  };
  fm.findingsHere = (period) => fm.findingsOf(period).filter((row) => !fm.state.only || (row.dimension === fm.state.only.dimension && row.member === fm.state.only.member));
  // a figure of the evidence is a KPI (of the company, before or after) or one of the words of its own
  const bare = (key) => key.replace(/^company_|_(before|after)$/g, "");
  const unit = (key) => fm.kpis[bare(key)]?.unit ?? (key.endsWith("_share") ? "share" : key.endsWith("_spend") ? "currency" : null);
  const label = (key) => {
    const name = fm.has(`evidence.${bare(key)}`) ? fm.t(`evidence.${bare(key)}`) : fm.name(bare(key));
    const side = key.startsWith("company_") ? "company" : key.match(/_(before|after)$/)?.[1];
    return side ? fm.t(`evidence.${side}`, { name }) : name;
  };
  const evidence = (row) => {
    const figures = row.evidence ? Object.entries(JSON.parse(row.evidence)) : [];
    return figures.length ? fm.details(fm.t("findings.evidence"), fm.h("p", { class: "muted" }, figures.map(([key, value]) =>
      `${label(key)}: ${fm.show(value, unit(key))}`).join(" · "))) : null;
  };
  // The rules write money with its code; here it has the sign that it has everywhere on the page.
  const money = (text) => text.replace(/(-?\d[\d,\u00a0]*(?:[.,]\d{2})?)[ \u00a0]([A-Z]{3})(?![A-Z])/g, (whole, number, code) => {
    if (code !== fm.meta.currency) return whole;
    const plain = fm.state.locale === "ru" ? number.replace(/\u00a0/g, "").replace(",", ".") : number.replaceAll(",", "");
    return fm.show(Number(plain), "currency");
  });
  // a figure and its unit stay on one line
  const together = (text) => text.replace(/(\d) (?=%|min\b|мин)/g, "$1\u00a0");
  fm.findingText = (row) => together(money(row[`message_${fm.state.locale}`]));
  const when = (row) => fm.periodName(fm.periods[row.grain]?.find((one) => one.start === row.period_start) ?? { grain: "week", start: row.period_start, end: row.period_end });
  const item = (row) => {
    const { h, t } = fm;
    return h("li", { class: `finding owner-${row.owner}`, "data-rule": row.rule },
      h("div", { class: "head" }, fm.chip(t(`severity.${row.severity}`), row.severity === "critical" ? "bad" : "warn"),
        h("span", { class: "owner" }, fm.swatch(row.owner), t(`owner.${row.owner}`)), h("span", {}, when(row))),
      h("p", {}, fm.findingText(row)),
      h("p", { class: "step" }, h("strong", {}, `${t("findings.next")}: `), row[`action_${fm.state.locale}`]), evidence(row));
  };
  const filter = (rows) => {
    const { h, t } = fm;
    const button = (owner, text) => h("button", {
      type: "button", "data-owner": owner ?? "all", "aria-pressed": String(fm.state.owner === owner),
      onclick: () => { Object.assign(fm.state, { owner, allFindings: false }); fm.redraw("findings"); document.querySelector(`#findings [data-owner="${owner ?? "all"}"]`).focus(); },
    }, `${text} (${fm.show(rows.filter((row) => owner === null || row.owner === owner).length)})`);
    return h("div", { class: "tools" }, h("div", { class: "segmented", role: "group", "aria-label": t("findings.filter") },
      button(null, t("common.all")), ["marketing", "sales", "shared"].map((owner) => button(owner, t(`owner.${owner}`)))));
  };

  fm.sections.findings = ({ period, coarse }) => {
    const { h, t } = fm;
    const there = fm.periodName(coarse);
    fm.lead("findings", t("findings.lead", { period: there }));
    const rows = fm.findingsHere(period);
    if (!rows.length) { fm.fill("findings", fm.otherGrain(coarse), fm.state.only ? fm.notOf("findings") : fm.empty(t(coarse.complete ? "findings.empty" : "findings.empty_running", { period: there }))); return; }
    const mine = rows.filter((row) => fm.state.owner === null || row.owner === fm.state.owner);
    const shown = fm.state.allFindings ? mine : mine.slice(0, FIRST);
    fm.fill("findings", fm.otherGrain(coarse), filter(rows),
      mine.length ? h("ul", { class: "findings" }, shown.map(item)) : fm.empty(t("findings.empty_owner", { period: there })),
      mine.length > shown.length ? h("p", { class: "note show-all" }, h("button", { type: "button", id: "all-findings", onclick: () => {
        fm.state.allFindings = true;
        fm.redraw("findings");
        document.querySelector(`#findings li:nth-child(${FIRST + 1}) summary`)?.focus();
      } }, t("findings.show_all", { count: fm.show(mine.length) }))) : null);
  };
})();
