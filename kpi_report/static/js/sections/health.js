// Can these figures be trusted: checks, freshness, what was refused.
(() => {
  const days = (row) => Math.round((Date.parse(fm.meta.today) - Date.parse(row.newest_data_date)) / 864e5);
  const age = (row) => {
    if (!row.newest_data_date) return "–";
    const old = days(row);
    return [fm.day(row.newest_data_date), fm.h("small", {}, old < -1 ? fm.h("span", { class: "bad" }, fm.t("health.future")) : old <= 0 ? fm.t("health.today") : fm.t("health.age", { days: old }))];
  };
  const FIRST = 10;
  const sum = (rows, key) => rows.reduce((total, row) => total + (row[key] ?? 0), 0);
  const block = (title, ...children) => fm.h("div", {}, fm.h("h3", {}, title), ...children);

  const said = ({ text, lang }, column) => fm.h("th", { scope: "row", class: "said", lang }, column ? `${column}: ${text}` : text);

  const named = (check) => (fm.has(`check.${check}`) ? fm.t(`check.${check}`) : check);
  // A check's verdicts of the last 30 runs, the newest at the end: each a mark with its day and figure.
  const before = (check) => fm.h("td", { class: "verdicts" }, fm.h("span", {}, ...fm.rows("check_history").filter((past) => past.check === check).map((past) => {
    const figure = past.observed === null ? "" : `: ${fm.show(past.observed)}`;
    const title = `${fm.time(past.checked_at)}, ${fm.t(`verdict.${past.verdict}`)}${figure}${past.accepted_because ? `; ${past.accepted_because}` : ""}`;
    return fm.h("span", { class: past.verdict === "failed" ? "bad" : null, title }, { failed: "✘", passed: "✔", nothing_to_check: "–" }[past.verdict]);
  })));
  const accepted = () => fm.rows("checks").filter((row) => row.accepted_because).map((row) => fm.h("p", { class: "accepted" },
    fm.chip(fm.t("health.accepted"), "bad"), " ", fm.t("health.accepted_text", { check: named(row.check), reason: row.accepted_because })));
  const healed = () => {
    const failing = new Set(fm.rows("checks").filter((row) => row.success === false).map((row) => row.check));
    const names = [...new Set(fm.rows("check_history").map((past) => past.check))].filter((check) => !failing.has(check));
    return names.length ? fm.details(fm.t("health.healed", { count: fm.show(names.length) }), fm.table({
      attributes: { id: "checks-healed", class: "stacked" },
      columns: [{ head: fm.t("health.check"), value: (row) => named(row.check) }, { head: fm.t("health.before"), value: (row) => before(row.check) }],
      rows: names.map((check) => ({ check })),
    })) : null;
  };

  const checks = () => {
    const { t } = fm;
    const all = fm.rows("checks");
    const failed = all.filter((row) => row.success === false);
    return block(t("health.checks_title"), failed.length ? fm.table({
      attributes: { id: "checks-table", class: "stacked" },
      columns: [
        { head: t("health.message"), value: (row) => said(fm.checkText(row)) },
        { head: t("health.about"), value: (row) => fm.about(row.entity) },
        { head: t("health.before"), value: (row) => before(row.check) },
        { head: t("health.severity"), value: (row) => fm.chip(t(`severity.${row.severity}`), row.severity === "critical" ? "bad" : "warn") },
      ],
      rows: failed,
    }) : fm.empty(t("health.checks_ok", { count: all.filter((row) => row.success).length })), healed(), unchecked(all));
  };
  // A check that had nothing to look at is no proof: neither passed nor failed.
  const unchecked = (all) => {
    const idle = all.filter((row) => row.success === null);
    return idle.length ? fm.details(fm.t("health.nothing_to_check", { count: idle.length }), fm.h("ul", { id: "checks-idle" }, ...idle.map(({ check, message }) => (
      fm.has(`check.${check}`) ? fm.h("li", {}, fm.t(`check.${check}`)) : fm.h("li", { lang: "en" }, message))))) : null;
  };
  const sources = () => {
    const { t } = fm;
    const number = (key) => ({ head: t(`health.${key}`), number: true, raw: (row) => row[key], value: (row) => fm.show(row[key]) });
    return block(t("health.sources_title"), fm.rows("sources").length ? fm.table({
      attributes: { id: "sources-table" },
      columns: [
        { head: t("health.source"), value: (row) => row.source }, { head: t("health.table"), value: (row) => fm.about(row.table) },
        { head: t("health.newest"), value: age }, number("rows_in"), number("rows_kept"), number("rows_refused"),
      ],
      rows: fm.rows("sources"),
    }) : fm.empty(t("health.sources_empty")));
  };
  const quarantine = () => {
    const { t } = fm;
    return block(t("health.quarantine_title"), fm.rows("quarantine").length ? fm.table({
      attributes: { id: "quarantine-table", class: "stacked" },
      columns: [
        { head: t("health.reason"), value: (row) => said(fm.reason(row.reason), row.column_name) },
        { head: t("health.entity"), value: (row) => `${fm.about(row.entity)} (${row.source})` },
        { head: t("health.count"), number: true, raw: (row) => row.refused, value: (row) => fm.show(row.refused) },
        { head: t("health.where"), value: (row) => fm.h("td", { class: "code" }, `${row.file}${row.line === null ? "" : `:${row.line}`}`) },
      ],
      rows: fm.rows("quarantine"),
    }) : fm.empty(t("health.quarantine_ok")));
  };

  const suggestions = () => {
    const { t, h } = fm;
    const code = (text) => h("td", { class: "code" }, text);
    const all = fm.rows("suggestions");
    const list = (rows, id) => fm.table({
      attributes: { id, class: "stacked" },
      columns: [
        { head: t("health.unplaced"), value: (row) => said({ text: row.about }, t(`suggestion.${row.kind === "campaign" ? `campaign_${row.of}` : row.kind}`)) },
        { head: t("health.records"), number: true, value: (row) => fm.show(row.rows) },
        { head: t("health.money"), number: true, value: (row) => fm.show(row.money, "currency", { whole: true }) },
        { head: t("health.alike"), value: (row) => code(row.similar.join(", ")) },
        { head: t("health.line"), value: (row) => (row.lines ? code(row.lines.join(" ")) : t("health.no_line")) },
      ],
      rows,
    });
    const [spend] = fm.rows("unmatched");
    const unmatched = spend?.money ? t("health.unmatched_spend", { money: fm.show(spend.money, "currency", { whole: true }), share: fm.percent(spend.share), campaigns: spend.campaigns }) : null;
    return block(t("health.suggestions_title"), unmatched ? h("p", { class: "lead", id: "unmatched-spend" }, unmatched) : null, all.length ? list(all.slice(0, FIRST), "suggestions-table") : fm.empty(t("health.suggestions_ok")),
      all.length > FIRST ? fm.details(t("health.suggestions_more", { count: all.length - FIRST }), list(all.slice(FIRST), "suggestions-more")) : null, all.length ? h("p", { class: "note" }, t("health.suggest")) : null);
  };

  fm.sections.health = () => {
    const { h, t } = fm;
    fm.lead("health", `${t("health.lead")}${fm.state.only ? ` ${t("only.health")}` : ""}`);
    const all = fm.rows("checks");
    const tile = (name, value) => h("div", { class: "tile" }, h("p", { class: "name" }, t(`health.${name}`)), h("p", { class: "value" }, value));
    fm.fill("health",
      h("div", { class: "tiles" }, tile("published", fm.time(fm.meta.built_at)), tile("data_to", fm.day(fm.meta.today)),
        tile("checks", t("common.of", { part: fm.show(all.filter((row) => row.success).length), whole: fm.show(all.length) })),
        tile("refused", fm.show(sum(fm.rows("quarantine"), "refused")))),
      ...accepted(),
      h("div", { class: "health-blocks" }, checks(), quarantine(), suggestions(), fm.details(t("health.sources_title"), sources())),
      h("p", { class: "note" }, t("health.links"), " ", h("a", { href: "data_docs/index.html" }, t("health.data_docs")), " · ", h("a", { href: "dbt_docs.html" }, t("health.dbt_docs"))));
  };
})();
