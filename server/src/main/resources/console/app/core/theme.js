/** Light, dark, or as the browser is set: what a person chose, kept in this browser. */
const STORE = 'aftercare.theme';
const listeners = new Set();
export const THEMES = ['auto', 'light', 'dark'];

let chosen = localStorage.getItem(STORE);
if (!THEMES.includes(chosen)) chosen = 'auto';

function apply() {
  if (chosen === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}

apply();

export function theme() {
  return chosen;
}

export function setTheme(next) {
  chosen = next;
  localStorage.setItem(STORE, next);
  apply();
  listeners.forEach((listener) => listener());
}

/** Calls `listener` whenever colours change, by choice or with the browser, until the returned function is called. */
export function onTheme(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => listeners.forEach((listener) => listener()));
