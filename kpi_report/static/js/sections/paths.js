// Which way people came: the paths of channels that won, and those that many went without buying.
(() => {
  const way = (row) => row.path.split(" > ").map(fm.member).join(" → ");

  fm.sections.paths = () => {
    const { h, t } = fm;
    const [all] = fm.rows("paths_all");
    if (fm.only("sales_rep")) { fm.lead("paths", ""); fm.fill("paths", fm.notOf("paths")); return; }
    const shown = fm.state.only ? fm.own("member_paths", fm.state.only) : fm.rows("paths");
    if (fm.state.only && !shown.length) { fm.lead("paths", ""); fm.fill("paths", fm.notOf("paths_channel")); return; }
    if (!all?.paths) { fm.lead("paths", ""); fm.fill("paths", fm.empty(t("paths.empty"))); return; }
    fm.lead("paths", t("paths.lead"));
    const won = shown.filter((row) => row.won_deals > 0), lost = shown.filter((row) => row.won_deals === 0);
    const path = { head: t("paths.path"), value: (row) => h("th", { scope: "row", class: "said" }, way(row)) };
    const number = (head, value) => ({ head, number: true, value });
    fm.fill("paths",
      fm.state.only ? fm.note(t("only.paths_of", { member: fm.member(fm.state.only.member) })) : all.won_deals ? fm.note(t("paths.several", { part: fm.show(all.won_over_several), whole: fm.show(all.won_deals), share: fm.percent(all.won_over_several / all.won_deals), paths: fm.show(all.paths), count: all.paths })) : fm.empty(t("paths.none_won")),
      h("div", { class: "columns" },
        won.length ? h("div", {}, h("h3", {}, t("paths.won")), fm.table({
          attributes: { id: "paths-won", class: "stacked" },
          columns: [
            path, number(fm.name("won_deals"), (row) => fm.show(row.won_deals)), number(t("paths.amounts"), (row) => fm.show(row.revenue, "currency", { whole: true })),
            number(t("paths.lost"), (row) => fm.show(row.lost_journeys)), number(t("paths.share"), (row) => fm.percent(row.won_deals / row.journeys)),
            number(t("paths.days"), (row) => fm.show(row.median_days_to_win, "days")),
          ],
          rows: won,
        })) : null,
        h("div", {}, h("h3", {}, t("paths.never")), lost.length ? fm.table({
          attributes: { id: "paths-lost" },
          columns: [path, number(t("paths.people"), (row) => fm.show(row.lost_journeys))],
          rows: lost,
        }) : fm.empty(t("paths.all_won")))),
      fm.note(t("paths.note")));
  };
})();
