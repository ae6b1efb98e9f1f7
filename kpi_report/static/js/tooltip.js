// One tooltip for the whole page: what a KPI means, while its name has the pointer or the focus. Escape puts it away.
(() => {
  const tip = document.getElementById("tip");
  let owner = null;

  const hide = () => {
    owner?.removeAttribute("aria-describedby");
    owner = null;
    tip.hidden = true;
  };
  const show = (element) => {
    if (element === owner) return;
    hide();
    const kpi = fm.kpis[element.dataset.kpi];
    owner = element;
    tip.replaceChildren(
      fm.h("strong", {}, fm.name(kpi.kpi)), kpi[`description_${fm.state.locale}`],
      fm.h("span", { class: "formula", lang: "en" }, kpi.formula), fm.h("span", { class: "formula" }, fm.t(`owner.${kpi.owner}`)));
    tip.hidden = false;
    const box = element.getBoundingClientRect();
    const left = Math.max(8, Math.min(box.left, document.documentElement.clientWidth - tip.offsetWidth - 8));
    const below = box.bottom + tip.offsetHeight + 12 < innerHeight;
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${scrollY + (below ? box.bottom + 6 : box.top - tip.offsetHeight - 6)}px`;
    element.setAttribute("aria-describedby", "tip");
  };
  const term = (event) => event.target.closest?.("[data-kpi]");

  document.addEventListener("pointerover", (event) => { if (term(event)) show(term(event)); else if (!tip.contains(event.target) && owner !== document.activeElement) hide(); });
  document.addEventListener("focusin", (event) => (term(event) ? show(term(event)) : hide()));
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  fm.hideTip = hide;
})();
