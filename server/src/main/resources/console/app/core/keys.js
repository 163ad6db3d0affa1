/**
 * Single keys of the page in view. A binding is `{key, label, run}`, its label a key of the dictionary; the newest binding of a key wins. Nothing happens while a
 * person types, while a dialog is open, or with a modifier held; and the whole of it can be turned off (WCAG 2.1.4).
 */
const bindings = [];
const chords = new Map();
const STORE = 'aftercare.keys';

export function bind(list) {
  bindings.push(...list);
  return () => {
    for (const one of list) bindings.splice(bindings.indexOf(one), 1);
  };
}

/**
 * A key with Ctrl (or ⌘); it is not turned off with the single keys. `run` answers false where it has nothing to do, and then the browser's own
 * meaning holds, as it does for who types unless `whileTyping`.
 */
export function bindChord(key, run, { whileTyping = false } = {}) {
  chords.set(key, { run, whileTyping });
  return () => chords.delete(key);
}

export function bound() {
  const seen = new Map();
  for (const one of bindings) seen.set(one.key, one);
  return [...seen.values()];
}

export function keysOn() {
  return localStorage.getItem(STORE) !== 'off';
}

export function setKeysOn(on) {
  localStorage.setItem(STORE, on ? 'on' : 'off');
}

function typing(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function chord(event) {
  const found = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && chords.get(event.key.toLowerCase());
  if (!found || (typing(event.target) && !found.whileTyping) || found.run() === false) return false;
  event.preventDefault();
  return true;
}

function pressed(event) {
  if (chord(event)) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector('dialog[open]')) return;
  if (typing(event.target)) {
    if (event.key === 'Escape') event.target.blur();
    return;
  }
  if (event.key === 'Enter' && event.target.closest?.('a, button, summary')) return;
  if (!keysOn() && event.key !== 'Escape') return;
  const binding = bindings.findLast((one) => one.key.toLowerCase() === event.key.toLowerCase());
  if (!binding) return;
  event.preventDefault();
  binding.run();
}

document.addEventListener('keydown', pressed);
