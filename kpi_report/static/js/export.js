// Tables and charts leave the page: as CSV for a spreadsheet, as a picture for a slide. Nothing is fetched for either.
(() => {
  const { h } = fm;
  const SCALE = 2, MARGIN = 16;
  const SHAPES = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "fill-opacity", "stroke-opacity", "font-size", "font-family", "font-weight", "text-anchor"];

  const field = (value) => (/[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const csv = (rows) => `${rows.map((row) => row.map((value) => field(value === null || value === undefined ? "" : String(value))).join(",")).join("\r\n")}\r\n`;
  const plain = (element) => [...element.childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? node.textContent : node.tagName === "svg" ? "" : plain(node)))
    .filter((text) => text.trim()).join(" ").replace(/[\s\u2060]+/g, " ").trim();

  const title = (element) => {
    const section = element.closest("section");
    return [fm.meta.company, section?.querySelector("h2")?.textContent.trim(), document.getElementById("period-name").textContent, fm.state.only && fm.member(fm.state.only.member)].filter(Boolean).join(" · ");
  };
  const fileName = (element, ending) => `${title(element).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "")}.${ending}`;
  const save = (address, name) => { const link = h("a", { href: address, download: name }); document.body.append(link); link.click(); link.remove(); };

  const copy = async (text, name) => {
    try {
      await navigator.clipboard.writeText(text);
      return "export.copied";
    } catch { // a browser that lets no page reach the clipboard
      save(`data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${text}`)}`, name);
      return "export.saved";
    }
  };

  // An SVG that stands for itself: what the style sheet says of its shapes is written into them.
  const picture = (svg) => new Promise((resolve, reject) => {
    const clone = svg.cloneNode(true);
    const { width, height } = svg.getBoundingClientRect();
    [svg, ...svg.querySelectorAll("*")].forEach((shape, index) => {
      const style = getComputedStyle(shape), to = index ? clone.querySelectorAll("*")[index - 1] : clone;
      SHAPES.forEach((name) => to.setAttribute(name, style.getPropertyValue(name)));
    });
    clone.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    clone.setAttribute("width", width);
    clone.setAttribute("height", height);
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = reject;
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(clone))}`;
  });

  // Draws what stands on the page: areas, lines below cells, words where they are, drawings as they are.
  const paint = async (pen, element, left, top) => {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    if (style.display === "none" || style.visibility === "hidden" || !box.width) return;
    const x = box.left - left, y = box.top - top;
    if (element.tagName === "svg") { pen.drawImage(await picture(element), x, y, box.width, box.height); return; }
    if (!/^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor)) {
      pen.fillStyle = style.backgroundColor;
      pen.beginPath();
      pen.roundRect(x, y, box.width, box.height, parseFloat(style.borderTopLeftRadius) || 0);
      pen.fill();
    }
    if (parseFloat(style.borderBottomWidth)) { pen.fillStyle = style.borderBottomColor; pen.fillRect(x, y + box.height - 1, box.width, 1); }
    for (const node of element.childNodes) {
      if (node.nodeType === Node.ELEMENT_NODE) await paint(pen, node, left, top);
      if (node.nodeType !== Node.TEXT_NODE) continue;
      pen.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
      pen.fillStyle = style.color;
      pen.textBaseline = "middle";
      for (const word of node.textContent.matchAll(/\S+/g)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const place = range.getBoundingClientRect();
        pen.fillText(word[0], place.left - left, place.top - top + place.height / 2);
      }
    }
  };
  fm.png = async (element) => {
    const shown = element.querySelector("table") ?? element;
    const box = shown.getBoundingClientRect(), style = getComputedStyle(document.body);
    const head = 28;
    const canvas = h("canvas", { width: Math.ceil((box.width + 2 * MARGIN) * SCALE), height: Math.ceil((box.height + 2 * MARGIN + head) * SCALE) });
    const pen = canvas.getContext("2d");
    pen.scale(SCALE, SCALE);
    pen.fillStyle = getComputedStyle(element.closest("section")).backgroundColor;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.font = `600 14px ${style.fontFamily}`;
    pen.fillStyle = style.color;
    pen.textBaseline = "middle";
    pen.fillText(title(element), MARGIN, MARGIN + head / 2 - 4, box.width);
    await paint(pen, shown, box.left - MARGIN, box.top - MARGIN - head);
    return canvas.toDataURL("image/png");
  };

  // Two buttons for what they stand below; `rows()` gives the rows of the CSV, heads first.
  fm.exported = (element, rows) => {
    const button = (key, action) => h("button", { type: "button", class: "export", "data-export": key, onclick: async (event) => {
      const { target } = event;
      target.textContent = fm.t(await action());
      setTimeout(() => { target.textContent = fm.t(`export.${key}`); }, 1500);
    } }, fm.t(`export.${key}`));
    return h("p", { class: "exports" },
      button("csv", () => copy(csv(rows()), fileName(element(), "csv"))),
      button("png", async () => { save(await fm.png(element()), fileName(element(), "png")); return "export.saved"; }));
  };
  // A table's own rows: numbers as they are in the mart where a column says how, else what is written.
  fm.tableRows = (table, columns, data) => [
    [...table.tHead.rows[0].cells].map(plain),
    ...[...[...table.tBodies[0].rows].filter((row) => !row.matches(".detail")), ...(table.tFoot?.rows ?? [])].map((row, number) => [...row.cells].map((cell, index) => {
      const { raw } = columns[index];
      return raw ? raw(data[number]) : plain(cell);
    })),
  ];
})();
