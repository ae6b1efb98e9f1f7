// The change as a waterfall of levers, marketing's and sales' in their colours, and where it happened.
(() => {
  const factors = (kpi, period) => (fm.state.only ? fm.factorsOfMember(kpi, fm.state.only, period, fm.baseOf(period))
    : fm.at("bridge", fm.coarse(period)).filter((row) => row.kpi === kpi && row.comparison === fm.state.comparison));
  const sum = (rows, owner) => rows.filter((row) => row.owner === owner).reduce((total, row) => total + row.contribution, 0);
  fm.levers = (kpi, period) => {
    const rows = factors(kpi, period);
    return rows.length ? { marketing: sum(rows, "marketing"), sales: sum(rows, "sales"), nobody: sum(rows, "nobody") } : null;
  };
  fm.factor = (factor) => (fm.has(`factor.${factor}`) ? fm.t(`factor.${factor}`) : factor.replaceAll("_", " "));

  const waterfall = (rows, unit, kpi, names) => {
    const write = (value, sign) => fm.show(value, unit, { sign, whole: Math.max(Math.abs(rows[0].kpi_before), Math.abs(rows[0].kpi_after)) >= 1000 });
    const bar = (from, to) => ({ low: Math.min(from, to), high: Math.max(from, to) });
    const { kpi_before: before, kpi_after: after } = rows[0];
    let at = before;
    const steps = rows.map((row) => {
      const from = at;
      at += row.contribution;
      return { label: fm.factor(row.factor), kind: row.owner, value: row.contribution, text: write(row.contribution, true), ...bar(from, at) };
    });
    return [
      { label: names.base, kind: "total", value: before, text: write(before), ...bar(0, before) }, ...steps,
      { label: names.period, kind: "total", value: after, text: write(after), ...bar(0, after) },
    ];
  };

  // The axis from 0 to the longest bar, and beyond on each side as far as the figures beside the bars need.
  // On a phone the names stand above the bars: beside them nothing would be left for the figures.
  const pen = document.createElement("canvas").getContext("2d");
  const longest = (texts, size) => { pen.font = `${size}px ${fm.charts.bridge.config.font}`; return Math.max(0, ...texts.map((text) => pen.measureText(text).width)); };
  const layout = (steps, width) => {
    const narrow = width < 480;
    const plot = Math.max(100, width - (narrow ? 0 : Math.min(230, longest(steps.map((step) => step.label), 13)) + 12));
    const room = (side) => longest(side.map((step) => step.text), 12) + 12;
    const left = steps.filter((step) => step.value < 0), right = steps.filter((step) => step.value >= 0);
    const low = Math.min(0, ...steps.map((step) => step.low)), high = Math.max(0, ...steps.map((step) => step.high));
    let first = low, last = high || 1;
    for (let turn = 0; turn < 20; turn += 1) {
      const pixel = (last - first) / plot; // what a figure takes grows with the axis that makes room for it
      first = Math.min(low, ...left.map((step) => step.low - room(left) * pixel));
      last = Math.max(high || 1, ...right.map((step) => step.high + room(right) * pixel));
    }
    return {
      height: steps.length * (narrow ? 48 : 34), parameters: { left_end: first, right_end: last },
      alter: narrow ? (chart) => {
        for (const { encoding } of chart.layer) if (encoding.y) Object.assign(encoding.y.axis, { labelAlign: "left", labelPadding: -4, labelOffset: -18, labelLimit: plot });
        chart.layer[0].mark.height.band = 0.36;
      } : undefined,
    };
  };

  // ROI and the average check are explained for the company and its channels by month, quarter and year
  const alone = () => fm.only("sales_rep") || (fm.state.only && fm.coarse(fm.state.period) !== fm.state.period);
  const choice = () => {
    const all = new Set(fm.rows("bridge").map((row) => row.kpi));
    const kpis = [...all].filter((kpi) => kpi === "revenue" || !alone()).sort((a, b) => (a === "revenue" ? -1 : b === "revenue" ? 1 : a.localeCompare(b)));
    return fm.h("div", { class: "segmented", role: "group", "aria-label": fm.t("bridge.kpi"), id: "bridge-kpi" }, kpis.map((kpi) => fm.h("button", {
      type: "button", "data-bridge": kpi, "aria-pressed": String(kpi === fm.state.bridge), onclick: () => { fm.state.bridge = kpi; fm.redraw("bridge"); },
    }, fm.name(kpi))));
  };
  const owners = (rows) => ["marketing", "sales", ...(rows.some((row) => row.owner === "nobody") ? ["nobody"] : [])];
  const legend = (rows, unit) => fm.h("ul", { class: "legend" }, owners(rows).map((owner) =>
    fm.h("li", {}, fm.swatch(owner), `${fm.t(`bridge.levers_${owner}`)}: ${fm.show(sum(rows, owner), unit, { sign: true, whole: true })}`)));

  const byChannel = (coarse) => {
    const { t } = fm;
    const rows = fm.at("bridge_channels", coarse).filter((row) => row.comparison === fm.state.comparison && (row.change || row.marketing || row.sales));
    const money = (key) => ({ head: t(`bridge.${key}`), number: true, raw: (row) => row[key], value: (row) => fm.show(row[key], "currency", { sign: true, whole: true }) });
    const add = (key) => rows.reduce((total, row) => total + row[key], 0);
    return fm.h("div", {}, fm.h("h3", {}, t("bridge.by_channel")), fm.table({
      attributes: { id: "bridge-channels", class: "sticky-first" },
      columns: [{ head: t("bridge.channel"), value: (row) => fm.member(row.channel) }, money("marketing"), money("sales"), ...(rows.some((row) => row.nobody) ? [money("nobody")] : []), money("change")],
      rows: [...rows].sort((a, b) => Math.abs(b.change) - Math.abs(a.change)),
      foot: { channel: t("common.total"), marketing: add("marketing"), sales: add("sales"), nobody: add("nobody"), change: add("change") },
    }));
  };

  fm.sections.bridge = ({ period: asked, coarse: whole }) => {
    const { h, t } = fm;
    if (alone()) fm.state.bridge = "revenue";
    const coarse = fm.state.only ? asked : whole;
    const rows = factors(fm.state.bridge, coarse);
    const tools = h("div", { class: "tools" }, choice());
    if (!rows.length) {
      fm.lead("bridge", "");
      fm.fill("bridge", fm.otherGrain(coarse), fm.rows("bridge").length ? tools : null, fm.empty(t("bridge.empty", { period: fm.periodName(coarse) })), alone() ? fm.note(t("only.bridge")) : null);
      return;
    }
    const { base, period } = fm.sides(coarse, fm.baseOf(coarse) ?? { grain: coarse.grain, start: rows[0].base_period_start });
    fm.lead("bridge", t("bridge.lead", { base, period }));
    const { unit } = fm.kpis[fm.state.bridge];
    const steps = waterfall(rows, unit, fm.state.bridge, { base, period });
    const place = h("div", { class: "chart", id: "bridge-chart" });
    fm.fill("bridge", fm.otherGrain(coarse), tools, h("div", { class: fm.state.only ? "" : "columns" },
      h("div", {}, legend(rows, unit), place, fm.details(t("common.table"), fm.table({
        attributes: { id: "bridge-table" },
        columns: [
          { head: t("bridge.factor"), value: (row) => row.label },
          { head: t("headlines.owner"), value: (row) => (row.kind === "total" ? "" : t(`owner.${row.kind}`)) },
          { head: t("bridge.contribution"), number: true, raw: (row) => row.value, value: (row) => row.text },
        ],
        rows: steps,
      }))), fm.state.only ? null : byChannel(coarse)), fm.state.bridge === "roi" ? fm.note(t("bridge.roi_note")) : null, alone() ? fm.note(t("only.bridge")) : null);
    fm.chart(place, "bridge", steps.map((step) => ({ ...step, unit })), t("bridge.chart", {
      kpi: fm.name(fm.state.bridge), before: steps[0].text, after: steps.at(-1).text, factors: steps.slice(1, -1).map((step) => `${step.label} ${step.text}`).join("; "),
    }), layout(steps, place.clientWidth));
  };
})();
