/** Pages live behind the hash, so any page can be linked and reloaded without a rule in the server. */
const listeners = new Set();

/** `#/tickets/42?view=mine` as `{name: 'tickets', id: '42', query}`. */
export function parse(hash) {
  const [path, search] = hash.replace(/^#\/?/, '').split('?');
  const [name, ...rest] = path.split('/');
  return { name: name || 'queue', id: rest.map(decodeURIComponent).join('/') || null, query: new URLSearchParams(search ?? '') };
}

export function href(name, id, query) {
  const search = query ? new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString() : '';
  return `#/${name}${id == null ? '' : `/${encodeURIComponent(id)}`}${search ? `?${search}` : ''}`;
}

export function go(name, id, query) {
  location.hash = href(name, id, query);
}

/** Changes the address without a new entry in the history: for filters. */
export function stay(name, id, query) {
  history.replaceState(null, '', href(name, id, query));
}

export function current() {
  return parse(location.hash);
}

export function onRoute(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

window.addEventListener('hashchange', () => listeners.forEach((listener) => listener(current())));
