// Draw all sections for what is chosen; `data-ready` on the root says when the charts are there, too.
(() => {
  const view = () => {
    const { period } = fm.state;
    return { period, base: fm.baseOf(period), coarse: fm.coarse(period) };
  };
  fm.otherGrain = (coarse) => (coarse === fm.state.period ? null : fm.h("p", { class: "note" }, fm.t("period.other_grain", { period: fm.periodName(coarse) })));
  // how far each side's data reaches
  fm.reach = () => {
    const until = fm.rows("opening")[0] ?? {};
    return ["leads", "spend", "won_deals"].filter((side) => until[`${side}_until`]).map((side) => fm.t(`page.reach_${side}`, { date: fm.day(until[`${side}_until`]) })).join(", ");
  };
  fm.pending = [];
  const settle = () => {
    const { pending } = fm;
    fm.pending = [];
    return Promise.all(pending).then(() => { document.documentElement.dataset.ready = String(Math.round(performance.now())); });
  };
  fm.redraw = (name) => {
    delete document.documentElement.dataset.ready;
    fm.hideTip();
    fm.sections[name](view());
    settle();
  };
  fm.draw = () => {
    delete document.documentElement.dataset.ready;
    fm.hideTip();
    fm.drawControls();
    if ((fm.state.only || fm.state.period?.grain === "days") && !fm.unpacked()) return fm.unpack().then(fm.draw);
    const { period } = fm.state;
    document.getElementById("period-name").textContent = period ? fm.periodName(period) : "";
    document.getElementById("member-name").textContent = fm.state.only ? `· ${fm.member(fm.state.only.member)}` : "";
    document.getElementById("as-of").textContent = [
      fm.t("page.as_of", { date: fm.day(fm.meta.today), built: fm.time(fm.meta.built_at) }), fm.reach(),
    ].filter(Boolean).join(" · ");
    document.getElementById("footer").textContent = fm.t("page.footer", { version: fm.meta.version, run: fm.meta.run_id.slice(0, 8), timezone: fm.meta.timezone, currency: fm.meta.currency });
    document.title = `${fm.meta.company} · ${fm.t("page.title")}`;
    if (period) Object.values(fm.sections).forEach((section) => section(view()));
    else {
      Object.keys(fm.sections).filter((name) => !["summary", "health"].includes(name)).forEach((name) => { fm.section(name).hidden = name !== "headlines"; });
      fm.fill("headlines", fm.empty(fm.t("headlines.empty")));
      fm.section("summary").hidden = true;
      fm.sections.health();
    }
    return settle();
  };
  // what is jumped to stands below the bar, which takes as many lines as its width asks for
  const bar = document.querySelector(".bar");
  new ResizeObserver(() => {
    const sticks = getComputedStyle(bar).position === "sticky";
    document.documentElement.style.setProperty("--bar-height", sticks ? `${bar.offsetHeight}px` : "0px");
  }).observe(bar);
  fm.draw();
})();
