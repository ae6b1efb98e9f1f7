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

  fm.sections.funnel = ({ coarse }) => {
    const { t } = fm;
    const period = fm.periodName(coarse);
    fm.lead("funnel", t("funnel.lead", { period }));
    const rows = fm.at("funnel", coarse);
    const chosen = rows.some((row) => row.channel === fm.state.channel) ? fm.state.channel : null;
    const stages = rows.filter((row) => row.channel === chosen);
    const all = stages[0]?.entered ?? 0;
    if (!all) { fm.fill("funnel", fm.otherGrain(coarse), fm.empty(t("funnel.empty", { period }))); return; }
    const stage = (row) => t(`stage.${row.stage}`);
    const last = stages.length - 1;
    const lost = (row) => row.entered - row.converted;
    // where no lead has gone on yet there is one stage only, and nothing to compare
    const worst = stages.slice(0, last).sort((a, b) => lost(b) - lost(a))[0];
    fm.fill("funnel", fm.otherGrain(coarse), choice(rows),
      fm.table({
        attributes: { id: "funnel-table" },
        columns: [
          { head: t("funnel.stage"), value: stage },
          { head: fm.h("span", { class: "hidden-text" }, t("funnel.of_all")), value: (row) => fm.h("td", { class: "funnel-bar" }, fm.meter(row.entered / all)) },
          { head: t("funnel.leads"), number: true, raw: (row) => row.entered, value: (row) => fm.show(row.entered) },
          { head: t("funnel.of_all"), number: true, raw: (row) => row.entered / all, value: (row) => fm.percent(row.entered / all) },
          { head: t("funnel.step"), number: true, raw: (row) => (row === stages[last] ? "" : row.share), value: (row) => (row === stages[last] ? "" : fm.percent(row.share)) },
          { head: t("funnel.time"), number: true, value: (row) => (row === stages[last] ? "" : fm.wait(row.median_days)) },
        ],
        rows: stages,
      }),
      worst && lost(worst) > 0 ? fm.note(t("funnel.biggest_loss", { stage: stage(worst), lost: fm.show(lost(worst)), entered: fm.show(worst.entered) })) : null);
  };
})();
