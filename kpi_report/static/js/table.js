// Tables and the small drawings that stand in them.
(() => {
  const LONG = 24; // letters
  // columns: { head, value(row), raw(row), number, scope } ; the first column heads its row, `raw` is what CSV says.
  // class `stacked`: on a phone each row is a card, its cells one below the other behind their heads. Roles are said
  // for tables that CSS takes apart.
  // `detail(row)` is what stands in a row of its own below one that is open.
  fm.table = ({ columns, rows, caption, foot, attributes = {}, rowClass, detail }) => {
    const { h } = fm;
    const stacked = attributes.class === "stacked";
    const cell = (column, index, row) => {
      const value = column.value(row);
      const made = value instanceof Element && ["TD", "TH"].includes(value.tagName) ? value
        : index === 0 ? h("th", { scope: "row" }, value) : h("td", { class: column.number && "number" }, value);
      if (made.tagName === "TH" && made.textContent.length > LONG) made.classList.add("long");
      made.setAttribute("role", made.tagName === "TH" ? "rowheader" : "cell");
      if (stacked && index > 0) made.dataset.head = column.head;
      return made;
    };
    const table = h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption ?? columns[0].head },
      h("table", { role: "table", ...attributes },
        caption ? h("caption", {}, h("span", {}, caption)) : null,
        h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, columns.map((column) =>
          h("th", { scope: "col", role: "columnheader", class: column.number ? "number" : column.heat ? "heat-head" : null, "aria-sort": column.sorted }, column.head)))),
        h("tbody", { role: "rowgroup" }, rows.map((row) => {
          const below = detail?.(row);
          return [h("tr", { role: "row", class: rowClass?.(row) }, columns.map((column, index) => cell(column, index, row))),
            below ? h("tr", { role: "row", class: "detail" }, h("td", { role: "cell", colspan: columns.length }, below)) : null];
        })),
        foot ? h("tfoot", { role: "rowgroup" }, h("tr", { role: "row" }, columns.map((column, index) => cell(column, index, foot)))) : null));
    const whole = h("div", { class: "exported" }, table,
      fm.exported(() => table, () => fm.tableRows(table.querySelector("table"), columns, foot ? [...rows, foot] : rows)));
    return whole;
  };

  // A bar of a share of the longest one.
  fm.meter = (share, owner) => fm.h("span", { class: "track", "aria-hidden": "true" },
    fm.h("span", { class: `meter ${owner ? `owner-${owner}` : ""}`, style: { width: `${Math.max(0, Math.min(1, share)) * 100}%` } }));

  fm.spark = (values, label, width = 88, height = 28) => {
    const { h } = fm;
    const known = values.filter((value) => value !== null && value !== undefined);
    if (known.length < 2) return h("span", { class: "hidden-text" }, label);
    const low = Math.min(...known), high = Math.max(...known);
    const x = (index) => (index / (values.length - 1)) * (width - 6) + 3;
    const y = (value) => (high === low ? height / 2 : height - 3 - ((value - low) / (high - low)) * (height - 6));
    let path = "", gap = true;
    values.forEach((value, index) => {
      if (value === null || value === undefined) { gap = true; return; }
      path += `${gap ? "M" : "L"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
      gap = false;
    });
    const last = values.findLastIndex((value) => value !== null && value !== undefined);
    return h("svg", { class: "spark", role: "img", "aria-label": label, width, height, viewBox: `0 0 ${width} ${height}` },
      h("path", { d: path }), h("circle", { cx: x(last), cy: y(values[last]), r: 2.5 }));
  };

  fm.details = (summary, ...children) => fm.h("details", {}, fm.h("summary", {}, summary), ...children);
})();
