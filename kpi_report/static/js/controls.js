// The choices above the report: period, comparison, language, colours.
(() => {
  const { h } = fm;
  const by = (id) => document.getElementById(id);
  const press = (group, chosen) => by(group).querySelectorAll("button").forEach((button) => button.setAttribute("aria-pressed", String(chosen(button))));

  // The period controls are made anew in each language; the focus stays where it was.
  fm.drawControls = () => {
    const { period } = fm.state;
    const focused = document.activeElement?.dataset?.grain;
    by("grain").replaceChildren(...[...fm.grains, ...(period ? ["days"] : [])].map((grain) => h("button", { type: "button", "data-grain": grain, onclick: () => fm.setGrain(grain) }, fm.t(`grain.${grain}`))));
    if (focused) by("grain").querySelector(`[data-grain="${focused}"]`)?.focus();
    by("period").replaceChildren(...((period && fm.periods[period.grain]) || []).toReversed().map((one) =>
      h("option", { value: one.start, selected: one === period }, one.complete ? fm.periodName(one) : `${fm.periodName(one)} (${fm.t("period.so_far")})`)));
    by("comparison").replaceChildren(...["previous_period", "previous_year"].map((name) =>
      h("option", { value: name, selected: name === fm.state.comparison }, fm.t(`comparison.${name}`))));
    const free = period?.grain === "days";
    by("period").hidden = free;
    by("days").hidden = !free;
    if (free) {
      Object.assign(by("from"), { min: fm.firstDay, max: fm.lastDay, value: period.start });
      Object.assign(by("to"), { min: fm.firstDay, max: fm.lastDay, value: period.end });
    }
    const { only } = fm.state;
    const chosen = only ? `${only.dimension} ${only.member}` : "";
    by("only").replaceChildren(h("option", { value: "" }, fm.t("controls.all")), ...Object.entries(fm.memberNames()).filter(([, names]) => names.length).map(([dimension, names]) =>
      h("optgroup", { label: fm.t(`controls.${dimension}`) }, names.map((name) => h("option", { value: `${dimension} ${name}`, selected: chosen === `${dimension} ${name}` }, fm.member(name))))));
    by("only-field").classList.toggle("chosen", Boolean(only));
    by("whole").hidden = !only;
    press("grain", (button) => button.dataset.grain === period?.grain);
    press("language", (button) => button.dataset.locale === fm.state.locale);
    press("theme", (button) => button.dataset.themeChoice === fm.state.theme);
    by("earlier").disabled = !period || !fm.neighbour(-1);
    by("later").disabled = !period || !fm.neighbour(1);
    document.querySelectorAll("[data-t]").forEach((element) => { element.textContent = fm.t(element.dataset.t); });
    document.querySelectorAll("[data-t-label]").forEach((element) => element.setAttribute("aria-label", fm.t(element.dataset.tLabel)));
    document.documentElement.lang = fm.state.locale;
    document.documentElement.dataset.theme = fm.state.theme;
  };

  by("period").addEventListener("change", (event) => fm.set({ period: fm.periods[fm.state.period.grain].find((one) => one.start === event.target.value) }));
  by("earlier").addEventListener("click", () => fm.set({ period: fm.neighbour(-1) }));
  by("later").addEventListener("click", () => fm.set({ period: fm.neighbour(1) }));
  by("comparison").addEventListener("change", (event) => fm.set({ comparison: event.target.value }));
  by("only").addEventListener("change", (event) => {
    const [, dimension, member] = event.target.value.match(/^(\w+) (.*)$/s) ?? [];
    fm.setOnly(member ? { dimension, member } : null);
  });
  by("whole").addEventListener("click", () => { fm.setOnly(null); by("only").focus(); });
  // a range of days is what both fields say; while one is being written there is none
  const range = () => {
    const [from, to] = [by("from").value, by("to").value];
    if (from && to && from <= to && from >= fm.firstDay && to <= fm.lastDay) fm.set({ period: fm.range(from, to) });
  };
  by("from").addEventListener("change", range);
  by("to").addEventListener("change", range);
  by("language").addEventListener("click", (event) => { if (event.target.dataset.locale) fm.set({ locale: event.target.dataset.locale }); });
  by("theme").addEventListener("click", (event) => { const choice = event.target.closest("[data-theme-choice]"); if (choice) fm.set({ theme: choice.dataset.themeChoice }); });
  by("print").addEventListener("click", () => print());

  // Section links must not overwrite the choice that the address keeps.
  document.querySelectorAll('a[href^="#"]').forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    const target = document.querySelector(link.getAttribute("href"));
    target.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    (target.querySelector("h2") ?? target).focus({ preventScroll: true });
  }));
  const links = Object.fromEntries([...document.querySelectorAll(".bar nav a")].map((link) => [link.getAttribute("href").slice(1), link]));
  const seen = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
    Object.values(links).forEach((link) => link.removeAttribute("aria-current"));
    links[entry.target.id].setAttribute("aria-current", "true");
  }), { rootMargin: "-20% 0px -70% 0px" });
  Object.keys(links).forEach((id) => seen.observe(fm.section(id)));
})();
