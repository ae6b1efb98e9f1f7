// Vega draws the charts; the specifications come from Python, the rows from the section.
(() => {
  const drawn = {};
  fm.chart = (place, name, rows, label, { height, parameters = {}, alter } = {}) => {
    const specification = structuredClone(fm.charts[name]);
    specification.data = { name: "rows", values: rows };
    if (height) specification.height = height;
    alter?.(specification);
    for (const parameter of specification.params ?? []) parameter.value = parameters[parameter.name];
    drawn[name]?.finalize();
    delete drawn[name];
    const turn = Symbol(name);
    place.turn = turn;
    const result = vegaEmbed(place, specification, {
      actions: false, renderer: "svg", tooltip: { theme: "custom" },
      expressionFunctions: { kpi: (value, unit) => fm.show(value, unit, { compact: unit.startsWith("currency") || unit === "share" }) },
    }).then((made) => {
      if (place.turn !== turn || !place.isConnected) { made.finalize(); return; }
      drawn[name] = made;
      const svg = place.querySelector("svg");
      svg.setAttribute("role", "img");
      svg.setAttribute("aria-label", label);
      if (!place.nextElementSibling?.matches(".exports")) place.after(fm.exported(() => place, () => [Object.keys(rows[0]), ...rows.map((row) => Object.values(row))]));
    });
    fm.pending.push(result);
  };
})();
