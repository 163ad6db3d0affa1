/** The views of the queue: what each asks the server for. */

const SOON_MS = 2 * 3_600_000;
const SOLVED = 'resolved,verified,closed';
const WAITING = 'waiting-customer,waiting-parts,waiting-device,waiting-vendor';
const AWAKE = { state: 'open', snoozed: 'false' };
export const VIEWS = ['open', 'mine', 'unassigned', 'proactive', 'breaching', 'waiting', 'snoozed', 'dispatch', 'resolved'];
/** What narrows a view further, as the address and `GET /tickets` name it. */
export const FILTERS = ['priority', 'state', 'model', 'region', 'owner', 'origin', 'tag', 'q'];

const ASKED = {
  mine: ({ username }) => ({ ...AWAKE, owner: username }),
  unassigned: () => ({ ...AWAKE, unassigned: 'true' }),
  proactive: () => ({ ...AWAKE, origin: 'proactive' }),
  breaching: ({ now }) => ({ ...AWAKE, dueBefore: new Date(now + SOON_MS).toISOString() }),
  waiting: () => ({ ...AWAKE, state: WAITING }),
  snoozed: () => ({ state: 'open', snoozed: 'true' }),
  dispatch: () => ({ ...AWAKE, dispatch: 'true' }),
  open: () => AWAKE,
  resolved: () => ({ state: SOLVED }),
};

/** What the server is asked for a view that is narrowed by `filters`. */
export function asked(view, filters, { username, now }) {
  const chosen = Object.fromEntries(FILTERS.filter((name) => filters[name]).map((name) => [name, filters[name]]));
  return { ...(ASKED[view] ?? ASKED.open)({ username, now }), ...chosen };
}

/** The order in which a view is read, unless the reader chose one: what is late comes first where lateness is what it is about. */
export function order(view, filters) {
  return filters.sort ?? (view === 'breaching' ? 'due' : 'opened');
}

/**
 * A list that was read anew, without moving a row: rows in view take their new fields where they stand, those that left the view are
 * marked, and `news` counts those that belong here and are not in view. `touched` are the events since, by ticket.
 */
export function merged(shown, { items: fresh, next }, touched) {
  const known = new Map(fresh.map((one) => [one.id, one]));
  const ids = new Set(shown.map((row) => row.id));
  const items = shown.map((row, index) => {
    if (known.has(row.id)) return known.get(row.id);
    const told = touched.get(row.id);
    if (!told) return row;
    return { ...row, state: told.state ?? row.state, priority: told.priority ?? row.priority, owner: told.owner ?? null, gone: !next || index < fresh.length };
  });
  return { items, news: fresh.filter((one) => !ids.has(one.id)).length };
}

let last = { view: 'open', query: {} };

/** The view that was open last, to go back to. */
export function lastView() {
  return last;
}

export function remember(view, query) {
  last = { view, query };
}
