// Cohorts at the same age: a heat map of ages, and the curve of the chosen cohort beside those it is compared with.
(() => {
  const AGES = [7, 14, 30, 60, 90, 120, 180, 270, 365, 540, 730];
  const START = { age_days: 0, conversion: 0, conversion_low: 0, conversion_high: 0 };
  // from the day the leads came: before the first win there was none
  const curveOf = (period) => {
    const points = fm.ofMember("curves", period);
    return points.length && points[0].age_days > 0 ? [{ ...points[0], ...START }, ...points] : points;
  };
  const at = (curve, age) => (curve.at(-1).age_days < age ? null : curve.findLast((point) => point.age_days <= age));
  const plus = (day, days) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 864e5).toISOString().slice(0, 10);

  const heat = (cohorts, chosen) => {
    const { h, t } = fm;
    const ages = AGES.filter((age) => cohorts.some(({ curve }) => at(curve, age)));
    const top = Math.max(...cohorts.flatMap(({ curve }) => ages.map((age) => at(curve, age)?.conversion ?? 0)), 0.000001);
    const cell = (age) => ({ period, curve }) => {
      const point = at(curve, age);
      if (!point) return h("td", { class: "heat none" }, "·");
      const preliminary = plus(period.end, age) > fm.meta.today;
      return h("td", { class: `heat ${preliminary ? "preliminary" : ""}`, style: { "--share": `${((point.conversion / top) * 45).toFixed(1)}%` } }, fm.percent(point.conversion));
    };
    return h("div", {}, h("h3", {}, t("cohorts.heat")), fm.table({
      attributes: { id: "heat", class: "sticky-first" },
      columns: [
        { head: t("cohorts.cohort"), value: ({ period }) => fm.periodName(period) },
        { head: t("cohorts.leads"), number: true, value: ({ curve }) => fm.show(curve[0].cohort_leads) },
        ...ages.map((age) => ({ head: t("cohorts.age", { days: age }), heat: true, value: cell(age) })),
      ],
      rows: cohorts, rowClass: ({ period }) => (period === chosen ? "chosen" : null),
    }), fm.note(t("cohorts.preliminary")));
  };

  const others = (coarse) => {
    const list = fm.periods[coarse.grain];
    const year = list.find((one) => one.start === `${Number(coarse.start.slice(0, 4)) - 1}${coarse.start.slice(4)}`);
    return Object.entries({ current: coarse, previous_period: list[list.indexOf(coarse) - 1], previous_year: coarse.grain === "year" ? null : year })
      .filter(([, period]) => period && fm.ofMember("curves", period).length);
  };

  fm.sections.cohorts = ({ coarse }) => {
    const { h, t } = fm;
    fm.lead("cohorts", `${t("cohorts.lead")}${fm.constantDates()}`);
    if (fm.only("sales_rep")) { fm.fill("cohorts", fm.notOf("cohorts")); return; }
    const cohorts = fm.periods[coarse.grain].map((period) => ({ period, curve: curveOf(period) })).filter(({ curve }) => curve.length).slice(-24);
    if (!cohorts.length) { fm.fill("cohorts", fm.empty(t("cohorts.empty"))); return; }
    const map = heat(cohorts, coarse);
    const curve = curveOf(coarse);
    if (!curve.length) { fm.fill("cohorts", fm.otherGrain(coarse), map); return; }
    const series = others(coarse);
    // the older curves only as far as the chosen one and a third more: they are there to compare
    const reach = Math.max(30, Math.ceil(curve.at(-1).age_days * 1.34));
    const points = series.flatMap(([kind, period]) => curveOf(period).filter((point) => point.age_days <= reach).map((point) => ({
      ...point, series: kind, label: fm.periodName(period), text: t("cohorts.at_age", { share: fm.percent(point.conversion), days: point.age_days }),
    })));
    const end = curve.at(-1);
    const place = h("div", { class: "chart", id: "curves-chart" });
    fm.fill("cohorts", fm.otherGrain(coarse), h("div", { class: "cohort-parts" },
      h("div", {}, h("h3", {}, t("cohorts.curve", { period: fm.periodName(coarse) })),
        h("ul", { class: "legend" }, series.map(([kind, period]) => h("li", {}, h("span", { class: `line-key ${kind}`, "aria-hidden": "true" }), fm.periodName(period)))),
        place, fm.h("p", { class: "note" }, `${t("cohorts.axis")}. ${t("cohorts.curve_note", { count: fm.show(end.cohort_wins_left_out) })}`)),
      map));
    fm.chart(place, "curves", points, t("cohorts.curve_alt", {
      period: fm.periodName(coarse), share: fm.percent(end.conversion), leads: fm.show(end.cohort_leads), days: end.age_days,
      low: fm.percent(end.conversion_low), high: fm.percent(end.conversion_high),
    }));
  };
})();
