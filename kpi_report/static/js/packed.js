// What is needed for one member or for free days only comes compressed; it is unpacked when it is first asked for.
(() => {
  const unfold = (values, column) => {
    const found = values[column];
    if (found.as !== undefined) return unfold(values, found.as);
    return found.words ? found.at.map((place) => found.words[place]) : found;
  };
  let unpacking = null, tables = null;
  fm.unpack = () => (unpacking ??= (async () => {
    const letters = atob(fm.packed), bytes = new Uint8Array(letters.length);
    for (let at = 0; at < letters.length; at += 1) bytes[at] = letters.charCodeAt(at); // millions: no function for each
    const read = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
    tables = Object.fromEntries(Object.entries(read).map(([name, { columns, values }]) =>
      [name, Object.fromEntries(columns.map((column, at) => [column, unfold(values, at)]))]));
  })());
  fm.unpacked = () => tables !== null;

  // A packed table by its columns, and the first and last row of each member: its rows stand together.
  const spans = {};
  fm.columns = (name) => tables[name];
  fm.span = (name, { dimension, member }) => {
    spans[name] ??= tables[name].dimension.reduce((found, one, row) => {
      const key = `${one} ${tables[name].member[row]}`;
      (found[key] ??= { from: row, to: row }).to = row;
      return found;
    }, {});
    return spans[name][`${dimension} ${member}`] ?? null;
  };
  // The records of one member in a packed table.
  const owned = {};
  fm.own = (name, of) => (owned[`${name} ${of.dimension} ${of.member}`] ??= (() => {
    const table = tables[name], span = fm.span(name, of);
    if (!span) return [];
    return Array.from({ length: span.to - span.from + 1 }, (_, row) => Object.fromEntries(Object.keys(table).map((column) => [column, table[column][span.from + row]])));
  })());
  fm.ownAt = (name, of, { grain, start }) => fm.own(name, of).filter((row) => row.grain === grain && row.period_start === start);
})();
