// Everything lives on one object; each file adds its part.
const fm = { ...JSON.parse(document.getElementById("document").textContent), sections: {} };

// An element: h("td", { class: "number" }, "5"). Text is always text, never markup.
fm.h = (tag, attributes = {}, ...children) => {
  const svg = ["svg", "path", "circle", "rect", "line"].includes(tag);
  const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "style") Object.entries(value).forEach(([key, text]) => element.style.setProperty(key, text));
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
};

fm.section = (name) => document.getElementById(name);
fm.body = (name) => fm.section(name).querySelector(".body");
fm.fill = (name, ...children) => fm.body(name).replaceChildren(...children.flat(Infinity).filter(Boolean));
fm.lead = (name, text) => { fm.section(name).querySelector(".lead").textContent = text; };
fm.empty = (text) => fm.h("p", { class: "empty" }, text);
fm.note = (text) => fm.h("p", { class: "note" }, text);
fm.chip = (text, kind = "") => fm.h("span", { class: `chip ${kind}` }, text);
fm.swatch = (owner) => fm.h("span", { class: `swatch owner-${owner}`, "aria-hidden": "true" });
