// Words in the chosen language; numbers and dates as the reader's own variety of it writes them.
(() => {
  const FORMS = { en: ["one", "other"], ru: ["one", "few", "many"] };
  const plural = (count) => new Intl.PluralRules(fm.state.locale).select(count);
  fm.t = (key, values = {}) => {
    const text = fm.texts[fm.state.locale][key];
    if (text === undefined) throw new Error(`no text ${key} in ${fm.state.locale}`);
    // {count|one|few|many} is the form that the number asks for: English has one and other, Russian one, few and many
    return text.replace(/\{(\w+)((?:\|[^{}|]*)+)?\}/g, (_, name, forms) => (forms ? forms.split("|")[FORMS[fm.state.locale].indexOf(plural(values[name])) + 1] : values[name]));
  };
  fm.has = (key) => fm.texts[fm.state.locale][key] !== undefined;
  fm.tag = () => navigator.languages.find((tag) => tag.split("-")[0] === fm.state.locale) ?? fm.state.locale;

  const made = {};
  const numbers = (options) => {
    const key = `${fm.tag()}${JSON.stringify(options)}`;
    return (made[key] ??= new Intl.NumberFormat(fm.tag(), options));
  };
  const dates = (options) => {
    const key = `date${fm.tag()}${JSON.stringify(options)}`;
    return (made[key] ??= new Intl.DateTimeFormat(fm.tag(), { timeZone: "UTC", ...options }));
  };

  const digits = (value, whole, small) => ({ maximumFractionDigits: Math.abs(value) >= whole ? 0 : small });
  const money = (value, compact, whole) => ({
    style: "currency", currency: fm.meta.currency, currencyDisplay: "narrowSymbol",
    ...(compact ? { notation: "compact", maximumFractionDigits: 1, minimumFractionDigits: 0 }
      : whole || Math.abs(value) >= 100 || value === 0 ? { maximumFractionDigits: 0 } : { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
  });
  const write = (value, unit, { compact = false, sign = false, whole = false } = {}) => {
    const more = { signDisplay: sign ? "exceptZero" : "auto" };
    if (unit === "currency") return numbers({ ...money(value, compact, whole), ...more }).format(value);
    if (unit === "currency_per_day") return fm.t("common.per_day", { value: numbers({ ...money(value, compact), ...more }).format(value) });
    if (unit === "share") return numbers({ style: "percent", minimumFractionDigits: compact ? 0 : 1, maximumFractionDigits: 1, ...more }).format(value);
    if (unit === "ratio") return numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2, ...more }).format(value);
    if (unit === "minutes") return numbers({ style: "unit", unit: "minute", unitDisplay: "short", ...digits(value, 100, 1), ...more }).format(value);
    if (unit === "days") {
      const text = numbers({ ...digits(value, 100, 1), ...more }).format(value); // by what is written: 1.04 is 1 day
      return fm.t(/^\+?1$/.test(text) ? "common.one_day" : "common.days", { value: text });
    }
    return numbers({ ...digits(value, 100, unit === null ? 3 : 1), ...more }).format(value);
  };
  fm.show = (value, unit = "count", options = {}) => (value === null || value === undefined ? "–" : write(value, unit, options).replace("-", "−").replace(/^[−+]/, "$&\u2060"));
  // what is measured outside has no unit: shares of a market or of people are told by their names
  const measured = (kpi, value) => (/_share$|_awareness$/.test(kpi) && Math.abs(value) <= 1 ? "share" : null);
  fm.showKpi = (kpi, value, options = {}) => fm.show(value, fm.kpis[kpi] ? fm.kpis[kpi].unit : measured(kpi, value), options);
  fm.percent = (value, options = {}) => fm.show(value, "share", options);
  fm.wait = (days) => (days === null ? "–" : days < 1 ? fm.t("common.less_than_a_day", { value: fm.show(days * 24) }) : fm.show(days, "days"));

  const date = (text) => new Date(`${text.slice(0, 10)}T00:00:00Z`);
  fm.day = (text) => dates({ dateStyle: "medium" }).format(date(text));
  fm.time = (text) => dates({ dateStyle: "medium", timeStyle: "short", timeZone: fm.meta.timezone }).format(new Date(`${text}Z`));
  fm.periodName = ({ grain, start, end }) => {
    if (grain === "days") return fm.days(start, end);
    if (grain === "year") return start.slice(0, 4);
    if (grain === "quarter") return fm.t("period.quarter", { quarter: Math.ceil(Number(start.slice(5, 7)) / 3), year: start.slice(0, 4) });
    if (grain === "month") return dates({ month: "long", year: "numeric" }).format(date(start)).replace(" г.", "");
    return dates({ day: "numeric", month: "short", year: "numeric" }).formatRange(date(start), date(end)).replace(" г.", "");
  };
  fm.days = (first, last) => dates({ day: "numeric", month: "long", year: "numeric" }).formatRange(date(first), date(last)).replace(/\sг\./g, "");
  fm.lastPeriods = (grain, count) => fm.t(`grain_last.${grain}`, { count });

  // A change as people say it: shares in points, ratios as a difference, the rest as a share of what it was.
  fm.change = (kpi, now, before) => {
    if (now === null || before === null || now === undefined || before === undefined) return null;
    const { unit, better } = fm.kpis[kpi];
    const difference = now - before;
    const plain = unit === "ratio" || unit === "share";
    if (!plain && before === 0) return null;
    const points = Math.round(difference * 1000) / 10 || 0; // no minus nothing
    const text = unit === "share" ? fm.t("common.points", { value: fm.show(points, null, { sign: true }) })
      : unit === "ratio" ? fm.show(difference, "ratio", { sign: true })
      : fm.percent(difference / Math.abs(before), { sign: true });
    const moved = unit === "share" ? points : /[1-9]/.test(text) ? difference : 0; // what rounds to nothing went nowhere
    const judged = better !== "none" && moved !== 0;
    return { text, arrow: moved > 0 ? "▲" : moved < 0 ? "▼" : "", kind: judged ? ((moved > 0) === (better === "higher") ? "good" : "bad") : "" };
  };
  fm.delta = (change) => fm.h("span", { class: change?.kind || "muted" }, change ? `${change.arrow} ${change.text}`.trim() : "–");

  fm.name = (kpi) => fm.kpis[kpi]?.[`name_${fm.state.locale}`] ?? (fm.has(`measured.${kpi}`) ? fm.t(`measured.${kpi}`) : null) ?? `${kpi[0].toUpperCase()}${kpi.slice(1).replaceAll("_", " ")}`;
  // What a KPI means, on hover, focus or touch.
  fm.term = (kpi, text = fm.name(kpi)) => (fm.kpis[kpi] ? fm.h("button", { type: "button", class: "term", "data-kpi": kpi }, text) : text);
  // What stands for members without a name, such as the channel `unattributed`.
  fm.member = (name) => (fm.has(`member.${name}`) ? fm.t(`member.${name}`) : name);
  // What the data's checks and the quarantine say is English; here it is in the reader's language where it is known.
  const patterns = Object.fromEntries(Object.entries(fm.reasons).map(([locale, pairs]) => [locale, pairs.map(([from, to]) =>
    [new RegExp(`^${from.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\d\}/g, "(.+)")}$`), to])]));
  fm.reason = (text) => {
    for (const [pattern, translated] of patterns[fm.state.locale] ?? []) {
      const found = pattern.exec(text);
      if (found) return { text: translated.replace(/\{(\d)\}/g, (_, at) => found[at]), lang: null };
    }
    return { text, lang: "en" };
  };
  fm.checkText = ({ check, message, unexpected_count: count }) => (fm.has(`check.${check}`) && count > 0
    ? { text: fm.t("health.not_so", { check: fm.t(`check.${check}`), count, shown: fm.show(count) }), lang: null } : { text: message, lang: "en" });
  // What a check or a refusal is about, in plain words: `intermediate.int_ad_spend__judged` is ad spend.
  fm.about = (entity) => {
    const name = entity.split(".").at(-1).replace(/^(int|fct|dim)_/, "").replace(/__.*$/, "");
    return fm.has(`about.${name}`) ? fm.t(`about.${name}`) : entity;
  };
  // Said where trends, curves and responses are: the day of an import is no day on which leads came.
  fm.constantDates = () => {
    const found = fm.rows("checks").find((row) => row.check === "leads_constant_date" && row.unexpected_count > 0);
    return found ? ` ${fm.t("common.constant_dates", { count: found.unexpected_count })}` : "";
  };
  fm.scope = (scope) => (!scope || scope === "total" ? "" : fm.member(scope.split("=").slice(1).join("=")));
})();
