/**
 * What is typed into a form stays in this browser until it was sent: a phone loses its network or its page more often than a desk does. A form is named
 * by what it is for, such as `W-000007/repair`; drafts older than a month go.
 */
const STORE = 'aftercare.draft.';
const KEPT_MS = 31 * 86_400_000;

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? null;
  } catch (failure) {
    console.warn('A draft that cannot be read is dropped', key, failure);
    localStorage.removeItem(key);
    return null;
  }
}

/** The values that were typed under this name, or none. */
export function kept(name) {
  return read(STORE + name)?.values ?? {};
}

/** Keeps what a form holds now. */
export function keep(name, form) {
  put(name, Object.fromEntries(new FormData(form)));
}

/** Keeps these values, as if they had been typed. */
export function put(name, values) {
  localStorage.setItem(STORE + name, JSON.stringify({ at: Date.now(), values }));
}

export function drop(name) {
  localStorage.removeItem(STORE + name);
}

for (const key of Object.keys(localStorage).filter((one) => one.startsWith(STORE))) {
  if (!(Date.now() - read(key)?.at < KEPT_MS)) localStorage.removeItem(key);
}
