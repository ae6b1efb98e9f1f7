// Channels, campaigns, representatives or products side by side: sorted, searched, and each row opens what is its own.
(() => {
  const DIMENSIONS = {
    channel: ["ad_spend", "marketing_cost", "leads", "cpl", "qualified_leads", "lead_to_deal_conversion", "won_deals", "revenue", "cac", "roi"],
    campaign: ["ad_spend", "marketing_cost", "leads", "cpl", "qualified_leads", "won_deals", "revenue", "roi"],
    sales_rep: ["leads", "median_response_minutes", "sla_share", "lead_to_deal_conversion", "won_deals", "win_rate", "average_check", "revenue"],
    product: ["leads", "won_deals", "units_sold", "average_check", "revenue", "gross_profit"],
  };
  const FIRST = 50;
  const state = () => fm.state.breakdown;
  const own = (name, row) => fm.rows(name).filter((other) => other.dimension === row.dimension && other.member === row.member);
  // Free days are added up for channels and representatives; the company's parts are kept by one dimension at a time.
  const listed = {};
  const figures = (period, dimension) => (listed[`${period.grain} ${period.start} ${period.end} ${dimension}`] ??= new Map(
    (period.grain === "days" ? (dimension in fm.memberNames() ? fm.membersOfDays(dimension, period) : [])
      : fm.at("breakdown", period).filter((row) => row.dimension === dimension)).map((row) => [row.member, row])));
  // a campaign stands behind its channel, whose name may begin like another's: the longest that fits
  const channelOf = (campaign) => fm.memberNames().channel.filter((name) => campaign.startsWith(`${name} / `)).toSorted((a, b) => b.length - a.length)[0];
  const kept = (row) => !fm.state.only || (row.dimension === fm.state.only.dimension ? row.member === fm.state.only.member : fm.only("channel") && row.dimension === "campaign" && channelOf(row.member) === fm.state.only.member);
  const members = (period) => [...figures(period, state().dimension).values()].filter(kept);
  const same = (period, row) => figures(period, row.dimension).get(row.member);
  // why nothing is listed
  const nothing = ({ period, wanted }) => {
    const { t } = fm;
    const { dimension } = state();
    const crossed = fm.state.only && dimension !== fm.state.only.dimension && !(fm.only("channel") && dimension === "campaign");
    if (crossed) return fm.notOf(`breakdown_${fm.state.only.dimension}`);
    if (wanted) return fm.empty(t("breakdown.not_found"));
    if (period.grain === "days" && !(dimension in fm.memberNames())) return fm.empty(t("days.breakdown"));
    if (period.grain === "week" && dimension === "campaign") return fm.empty(t("breakdown.no_weeks"));
    return fm.empty(t("breakdown.empty", { period: fm.periodName(period) }));
  };

  // The same member in the base; a running period is compared with the same days, as the mart says.
  const change = (row, { period, base }) => {
    if (!period.complete) {
      const found = fm.at("breakdown_running", period).find((other) => other.comparison === fm.state.comparison && other.dimension === row.dimension && other.member === row.member);
      return found ? { now: found.value, before: found.base_value } : null;
    }
    const before = base && same(base, row);
    return before ? { now: row.revenue, before: before.revenue } : null;
  };
  const share = (row, view) => { const found = change(row, view); return found && found.before ? (found.now - found.before) / Math.abs(found.before) : null; };
  const delta = (row, view) => { const found = change(row, view); return found ? fm.delta(fm.change("revenue", found.now, found.before)) : "–"; };

  const sorted = (rows, view) => {
    const { key, descending } = fm.state.sort;
    const value = (row) => (key === "change" ? share(row, view) : row[key]);
    return [...rows].sort((a, b) => {
      if (key === "member") return a.member.localeCompare(b.member) * (descending ? -1 : 1);
      const [one, other] = [value(a) ?? null, value(b) ?? null];
      // what has no value stands last, whatever the order
      if (one === null || other === null) return (one === null) - (other === null);
      return (one - other) * (descending ? -1 : 1);
    });
  };
  const sort = (key) => {
    const { sort: now } = fm.state;
    fm.state.sort = { key, descending: now.key === key ? !now.descending : key !== "member" };
    fm.redraw("breakdown");
    document.querySelector(`#breakdown [data-sort="${key}"]`).focus();
  };
  const head = (key, text) => fm.h("button", { type: "button", class: "sort", "data-sort": key, "data-kpi": fm.kpis[key] ? key : null, onclick: () => sort(key) }, text);
  const order = (key) => (fm.state.sort.key === key ? (fm.state.sort.descending ? "descending" : "ascending") : "none");

  const tools = () => {
    const { h, t } = fm;
    return h("div", { class: "tools" },
      h("div", { class: "segmented", role: "group", "aria-label": t("breakdown.by"), id: "breakdown-by" }, Object.keys(DIMENSIONS).map((name) => h("button", {
        type: "button", "data-by": name, "aria-pressed": String(name === state().dimension),
        onclick: () => { fm.state.breakdown = { dimension: name, search: "", open: null, all: false }; fm.redraw("breakdown"); document.querySelector(`#breakdown [data-by="${name}"]`).focus(); },
      }, t(`breakdown.${name}`)))),
      h("label", { class: "field" }, t("breakdown.search"), h("input", { type: "search", id: "breakdown-search", value: state().search, oninput: (event) => { state().search = event.target.value; fm.drawMembers(); } })));
  };

  // What a row opens: its funnel, why its revenue changed, its goals, its findings, the records behind it.
  const block = (title, ...children) => fm.h("div", {}, fm.h("h4", {}, title), ...children);
  const funnel = (row) => {
    const { h, t } = fm;
    return row.leads ? block(t("breakdown.funnel"), h("ul", { class: "bars" }, fm.stagesOf(row).map(({ stage, entered }) =>
      h("li", {}, h("span", {}, t(`stage.${stage}`)), fm.meter(entered / row.leads), h("span", { class: "number" }, `${fm.show(entered)} · ${fm.percent(entered / row.leads)}`))))) : null;
  };
  // Campaigns and products have no days, and so nothing of a period that runs.
  const factors = (row, { period, base }) => {
    if (row.dimension in fm.memberNames()) return fm.factorsOfMember("revenue", row, period, base);
    const before = base && same(base, row);
    return before && period.complete ? fm.factorsOf(before, row) : [];
  };
  const bridge = (row, view) => {
    const { h, t } = fm;
    const found = change(row, view);
    const steps = factors(row, view);
    const longest = Math.max(...steps.map(({ contribution }) => Math.abs(contribution)));
    const write = (value, sign) => fm.show(value, "currency", { sign, whole: true });
    return found ? block(t("breakdown.why"), h("p", {}, t("breakdown.from_to", { before: write(found.before), now: write(found.now) })),
      h("ul", { class: "levers" }, steps.map(({ factor, owner, contribution }) => h("li", { class: `owner-${owner}` }, fm.factor(factor), h("span", { class: "muted" }, t(`owner.${owner}`)),
        fm.meter(Math.abs(contribution) / longest, owner), h("span", { class: "number" }, write(contribution, true)))))) : null;
  };
  const goals = (row) => {
    const scoped = fm.goalsOf(fm.state.period).filter((goal) => goal.scope === `${row.dimension}=${row.member}`);
    return scoped.length ? block(fm.t("goals.title"), fm.h("ul", {}, scoped.map((goal) => fm.h("li", {}, `${fm.name(goal.kpi)}: `,
      fm.t("breakdown.goal", { actual: fm.showKpi(goal.kpi, goal.actual), target: fm.showKpi(goal.kpi, goal.target_value) }), " ", fm.status(goal))))) : null;
  };
  const findings = (row) => {
    const found = fm.findingsOf(fm.state.period).filter((one) => one.dimension === row.dimension && one.member === row.member);
    return found.length ? block(fm.t("findings.title"), fm.h("ul", {}, found.map((one) => fm.h("li", {}, fm.findingText(one))))) : null;
  };
  const records = (row) => {
    const [found] = own("records", row);
    if (!found) return null;
    const lines = found.newest.map(([kind, key, day]) => ({ kind, key, day }));
    return fm.details(fm.t("breakdown.records", { shown: fm.show(lines.length), all: fm.show(found.records) }), fm.table({
      columns: [
        { head: fm.t("breakdown.record"), value: (line) => fm.t(`breakdown.kind_${line.kind}`) },
        { head: fm.t("breakdown.day"), value: (line) => (line.day ? fm.day(line.day) : "–"), raw: (line) => line.day },
        { head: fm.t("breakdown.key"), value: (line) => fm.h("td", { class: "code" }, line.key) },
      ],
      rows: lines,
    }));
  };
  const opened = (row, view) => (state().open === row.member ? fm.h("div", { class: "opened" },
    [funnel(row), bridge(row, view), goals(row), findings(row), records(row)].filter(Boolean)) : null);
  const name = (row) => (row.member === null ? fm.t("common.total") : fm.h("button", {
    type: "button", class: "opens", "aria-expanded": String(state().open === row.member), "data-member": row.member,
    onclick: async () => { await fm.unpack(); state().open = state().open === row.member ? null : row.member; fm.drawMembers(); document.querySelector(`#breakdown [data-member="${CSS.escape(row.member)}"]`).focus(); },
  }, fm.member(row.member)));

  // What rests on sums alone, and what a report says of channels that there are records of.
  const sums = (period) => {
    const { t } = fm;
    const channels = Object.fromEntries(figures(period, "channel"));
    const listed = (key, filter, values) => fm.at("sums", period).filter((row) => !fm.state.only || row.channel === fm.state.only.member).filter(filter).map((row) => t(key, { channel: fm.member(row.channel), ...values(row, channels[row.channel] ?? {}) })).join("; ");
    const summed = listed("breakdown.summed", (row) => row.summed_leads || row.summed_won_deals, (row, all) => ({
      leads: fm.show(row.summed_leads), all_leads: fm.show(all.leads), deals: fm.show(row.summed_won_deals), all_deals: fm.show(all.won_deals),
    }));
    const reported = listed("breakdown.reported", (row) => row.reported_leads || row.reported_won_deals, (row, all) => ({
      given: fm.show(row.reported_leads), recorded: fm.show(all.leads), given_deals: fm.show(row.reported_won_deals), recorded_deals: fm.show(all.won_deals),
    }));
    return [summed && fm.note(t("breakdown.sums", { channels: summed })), reported && fm.note(t("breakdown.beside", { channels: reported }))];
  };

  fm.sections.breakdown = (view) => {
    const { h, t } = fm;
    const { period } = view;
    fm.lead("breakdown", t("breakdown.lead"));
    const place = h("div", { id: "breakdown-members" });
    const called = fm.periodName(period);
    fm.drawMembers = () => {
      const kpis = DIMENSIONS[state().dimension].filter((kpi) => period.grain !== "days" || kpi in fm.reckoned);
      const wanted = state().search.trim().toLowerCase();
      const rows = sorted(members(period).filter((row) => fm.member(row.member).toLowerCase().includes(wanted)), view);
      if (!rows.length) { place.replaceChildren(nothing({ period, wanted })); return; }
      const span = fm.before(period, 13);
      const trend = (row) => {
        if (row.member === null) return "";
        const course = span.map((one) => same(one, row)?.revenue ?? null);
        return fm.spark(course, t("breakdown.trend_of", { member: fm.member(row.member), periods: fm.lastPeriods(period.grain, span.length) }), 80, 22);
      };
      const shown = state().all ? rows : rows.slice(0, FIRST);
      const more = rows.length > shown.length ? h("p", { class: "note show-all" }, h("button", { type: "button", class: "plain", onclick: () => { state().all = true; fm.drawMembers(); } }, t("breakdown.show_all", { count: rows.length }))) : null;
      place.replaceChildren(...[fm.table({
        attributes: { id: "breakdown-table", class: "sticky-first" },
        caption: t("breakdown.caption", { period: called }),
        columns: [
          { head: head("member", t(`breakdown.${state().dimension}`)), sorted: order("member"), value: name, raw: (row) => row.member ?? t("common.total") },
          ...kpis.map((kpi) => ({
            head: head(kpi, fm.has(`short.${kpi}`) ? fm.t(`short.${kpi}`) : fm.name(kpi)), sorted: order(kpi), number: true, raw: (row) => row[kpi],
            value: (row) => (kpi === "roi" && row.roi < 0 ? h("span", { class: "bad" }, fm.showKpi(kpi, row.roi)) : fm.showKpi(kpi, row[kpi])),
          })),
          { head: head("change", t("breakdown.change")), sorted: order("change"), number: true, raw: (row) => (row.member === null ? "" : share(row, view)), value: (row) => (row.member === null ? "" : delta(row, view)) },
          { head: t("breakdown.trend"), value: trend },
        ],
        rows: shown, foot: wanted ? null : { ...fm.total(period), member: null }, detail: (row) => opened(row, view),
      }), more, ...(state().dimension === "channel" ? sums(period) : []), rows.some((row) => row.leads) ? fm.note(t("breakdown.young", { period: called })) : null].filter(Boolean));
    };
    fm.fill("breakdown", tools(), place);
    fm.drawMembers();
  };
})();
