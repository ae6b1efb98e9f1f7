// The open pipeline by stage, and how long records stand in each stage, for all or for one rep or channel.
(() => {
  const sum = (rows, key) => (rows.some((row) => row[key] !== null) ? rows.reduce((total, row) => total + (row[key] ?? 0), 0) : null);

  // the mart folds the case of stages
  const stage = (name) => (name === "(unknown)" ? fm.t("pipeline.unknown") : `${name[0].toUpperCase()}${name.slice(1)}`);

  // The stages of open deals are known of the company; of a member how many there are and what they are worth.
  const openOfMember = () => {
    const { h, t } = fm;
    const [today] = fm.ownAt("member_totals", fm.state.only, fm.periods.month.at(-1));
    return [h("h3", {}, t("pipeline.open")), today?.open_deals
      ? h("p", {}, t("only.pipeline", { deals: fm.show(today.open_deals), amount: fm.show(today.open_pipeline, "currency", { whole: true }), weighted: fm.show(today.weighted_pipeline, "currency", { whole: true }) }))
      : fm.empty(t("pipeline.none_open")), fm.note(t("only.pipeline_stages"))];
  };
  const open = () => {
    const { h, t } = fm;
    if (fm.state.only) return openOfMember();
    const rows = fm.rows("pipeline");
    const now = rows.filter((row) => row.is_today), before = rows.filter((row) => !row.is_today);
    if (!now.length) return [h("h3", {}, t("pipeline.open")), fm.empty(t("pipeline.none_open"))];
    const money = (key) => ({ head: t(`pipeline.${key}`), number: true, raw: (row) => row[key], value: (row) => fm.show(row[key], "currency", { whole: true }) });
    const total = (list) => ({ deals: sum(list, "deals"), amount: sum(list, "amount"), weighted: sum(list, "weighted") });
    return [h("h3", {}, t("pipeline.open")), fm.table({
      attributes: { id: "pipeline-table" },
      columns: [
        { head: t("funnel.stage"), value: (row) => (row.stage ? stage(row.stage) : t("common.total")) },
        { head: t("pipeline.deals"), number: true, raw: (row) => row.deals, value: (row) => fm.show(row.deals) }, money("amount"), money("weighted"),
      ],
      rows: now, foot: { stage: null, ...total(now) },
    }), before.length ? fm.note(t("pipeline.before", { date: fm.day(before[0].day), deals: fm.show(total(before).deals), amount: fm.show(total(before).amount, "currency", { whole: true }) })) : null];
  };

  const choice = (rows) => {
    const { h, t } = fm;
    const names = (dimension) => [...new Set(rows.filter((row) => row.dimension === dimension).map((row) => row.member))];
    const group = (dimension, head) => (names(dimension).length ? h("optgroup", { label: head }, names(dimension).map((name) => h("option", { value: `${dimension} ${name}` }, fm.member(name)))) : null);
    const select = h("select", { id: "pipeline-member", onchange: (event) => { fm.state.member = event.target.value; fm.redraw("pipeline"); document.getElementById("pipeline-member").focus(); } },
      h("option", { value: "total" }, t("common.all")), group("channel", t("pipeline.channels")), group("sales_rep", t("pipeline.reps")));
    select.value = fm.state.member;
    return h("div", { class: "tools" }, h("label", { class: "field" }, t("pipeline.of"), select));
  };

  const durations = () => {
    const { h, t } = fm;
    const rows = fm.rows("durations");
    const heading = h("h3", {}, t("pipeline.durations"));
    if (!rows.length) return [heading, fm.empty(t("pipeline.no_history"))];
    const own = rows.filter((row) => (row.dimension === "total" ? "total" : `${row.dimension} ${row.member}`) === (fm.state.only ? `${fm.state.only.dimension} ${fm.state.only.member}` : fm.state.member));
    if (!own.length) return [heading, fm.state.only ? fm.notOf("durations") : choice(rows)];
    const both = new Set(own.map((row) => row.entity)).size > 1;
    return [heading, fm.state.only ? null : choice(rows), fm.table({
      attributes: { id: "durations-table", class: "stacked" },
      columns: [
        { head: t("funnel.stage"), value: (row) => (both ? t(`pipeline.stage_of_${row.entity}`, { stage: row.stage }) : row.stage) },
        { head: t("pipeline.meaning"), value: (row) => (row.meaning ? t(`stage.${row.meaning}`) : "–") },
        { head: t("pipeline.entered"), number: true, raw: (row) => row.entered, value: (row) => fm.show(row.entered) },
        { head: t("pipeline.standing"), number: true, raw: (row) => row.standing, value: (row) => fm.show(row.standing) },
        { head: t("pipeline.median"), number: true, raw: (row) => row.median_days, value: (row) => fm.wait(row.median_days) },
        { head: t("pipeline.p90"), number: true, raw: (row) => row.p90_days, value: (row) => fm.wait(row.p90_days) },
      ],
      rows: own,
    })];
  };

  fm.sections.pipeline = () => {
    fm.lead("pipeline", fm.t("pipeline.lead", { date: fm.day(fm.meta.today) }));
    fm.fill("pipeline", fm.h("div", { class: "columns" }, fm.h("div", {}, durations()), fm.h("div", {}, open())));
  };
})();
