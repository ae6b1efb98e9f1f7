// Stage by stage: how many, what share goes on, how long it takes; for all or one channel.
(() => {
  const choice = (rows) => {
    const { h, t } = fm;
    const channels = [...new Set(rows.map((row) => row.channel).filter(Boolean))].sort();
    const select = h("select", { id: "funnel-channel", onchange: (event) => { fm.state.channel = event.target.value || null; fm.redraw("funnel"); } },
      h("option", { value: "" }, t("funnel.all_channels")), channels.map((name) => h("option", { value: name }, fm.member(name))));
    select.value = channels.includes(fm.state.channel) ? fm.state.channel : "";
    return h("div", { class: "tools" }, h("label", { class: "field" }, t("funnel.channel"), select));
  };

  // whether leads are recorded at all: what nobody delivers is null in every period
  fm.hasLeads = () => fm.rows("totals").some((row) => row.leads !== null);

  // The stages of any row of KPIs: how many leads reached each, without the times between them.
  fm.stagesOf = (row) => {
    const won = row.lead_to_deal_conversion === null ? null : Math.round(row.lead_to_deal_conversion * row.leads);
    return [["new", row.leads], ["contacted", row.contacted_leads], ["qualified", row.qualified_leads], ["opportunity", row.opportunities], ["won", won]]
      .filter(([, count]) => count !== null && count !== undefined).map(([stage, entered]) => ({ stage, entered }));
  };
  const summed = (period) => {
    const stages = fm.stagesOf(fm.total(period));
    return stages.map((row, at) => ({ ...row, converted: stages[at + 1]?.entered ?? null, share: row.entered && stages[at + 1] ? stages[at + 1].entered / row.entered : null }));
  };

  fm.sections.funnel = ({ period: asked, coarse: whole }) => {
    const { t } = fm;
    // representatives and free days have no cohorts of their own: the stages are those of their KPIs
    const free = asked.grain === "days" || fm.only("sales_rep");
    const coarse = free ? asked : whole;
    const period = fm.periodName(coarse);
    fm.lead("funnel", t("funnel.lead", { period }));
    const rows = fm.at("funnel", coarse);
    const wanted = fm.state.only?.member ?? fm.state.channel;
    const chosen = fm.state.only || rows.some((row) => row.channel === wanted) ? wanted : null;
    const stages = free ? summed(coarse) : rows.filter((row) => row.channel === chosen);
    const all = stages[0]?.entered ?? 0;
    if (!all) { fm.fill("funnel", fm.otherGrain(coarse), fm.empty(t(fm.hasLeads() ? "funnel.empty" : "funnel.unknown", { period }))); return; }
    const stage = (row) => t(`stage.${row.stage}`);
    const last = stages.length - 1;
    const lost = (row) => row.entered - row.converted;
    // where no lead has gone on yet there is one stage only, and nothing to compare
    const worst = stages.slice(0, last).sort((a, b) => lost(b) - lost(a))[0];
    fm.fill("funnel", fm.otherGrain(coarse), free || fm.state.only ? null : choice(rows),
      fm.table({
        attributes: { id: "funnel-table" },
        columns: [
          { head: t("funnel.stage"), value: stage },
          { head: fm.h("span", { class: "hidden-text" }, t("funnel.of_all")), value: (row) => fm.h("td", { class: "funnel-bar" }, fm.meter(row.entered / all)) },
          { head: t("funnel.leads"), number: true, raw: (row) => row.entered, value: (row) => fm.show(row.entered) },
          { head: t("funnel.of_all"), number: true, raw: (row) => row.entered / all, value: (row) => fm.percent(row.entered / all) },
          { head: t("funnel.step"), number: true, raw: (row) => (row === stages[last] ? "" : row.share), value: (row) => (row === stages[last] ? "" : fm.percent(row.share)) },
          ...(free ? [] : [{ head: t("funnel.time"), number: true, value: (row) => (row === stages[last] ? "" : fm.wait(row.median_days)) }]),
        ],
        rows: stages,
      }),
      worst && lost(worst) > 0 ? fm.note(t("funnel.biggest_loss", { stage: stage(worst), lost: fm.show(lost(worst)), entered: fm.show(worst.entered) })) : null,
      free ? fm.note(t("only.funnel")) : null);
  };
})();
