const FIGURES = ['devices', 'connected', 'faulty', 'openTickets', 'quarantined'];
const SOME = 0.05;
const MANY = 0.2;

function add(sum, one) {
  for (const name of FIGURES) sum[name] = (sum[name] ?? 0) + (one[name] ?? 0);
  return sum;
}

/** All of them together. */
export function totals(items) {
  return items.reduce(add, {});
}

/**
 * Counts of two dimensions as rows of the first, the one with the most devices on top, each with its `parts` of the second; and the `names` of the
 * second.
 */
export function blocks(items, first, second) {
  const rows = new Map();
  for (const one of items) {
    const row = rows.get(one[first]) ?? { name: one[first], parts: [] };
    rows.set(one[first], add(row, one));
    row.parts.push({ ...one, name: one[second] });
  }
  for (const row of rows.values()) row.parts.sort((a, b) => b.devices - a.devices);
  const names = [...new Set(items.map((one) => one[second]))].sort();
  return { rows: [...rows.values()].sort((a, b) => b.devices - a.devices), names };
}

/** How bad a group is, as a class: by the share of its devices with an open fault. */
export function heat({ devices, faulty }) {
  const share = devices ? faulty / devices : 0;
  if (!faulty) return 'fine';
  return share < SOME ? 'few' : share < MANY ? 'some' : 'many';
}
