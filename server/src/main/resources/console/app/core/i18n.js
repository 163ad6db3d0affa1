import { en } from '../i18n/en.js';
import { zh } from '../i18n/zh.js';

const WORDS = { en: { ...en }, zh: { ...zh } };
const STORE = 'aftercare.language';
const listeners = new Set();

let language = localStorage.getItem(STORE) ?? (navigator.language?.toLowerCase().startsWith('zh') ? 'zh' : 'en');
if (!(language in WORDS)) language = 'en';
document.documentElement.lang = language;

/** Adds the words of a room, in both languages; done once, before its pages are drawn. */
export function learn(words) {
  for (const [name, dictionary] of Object.entries(words)) Object.assign(WORDS[name], dictionary);
}

export function lang() {
  return language;
}

export function setLanguage(next) {
  language = next;
  localStorage.setItem(STORE, next);
  document.documentElement.lang = next;
  listeners.forEach((listener) => listener());
}

export function onLanguage(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The words of `key`, with `{name}` replaced from `values`, and `{name:day|days}` by the first word where that value is one, else by the second.
 * English where a translation is missing, then the key itself.
 */
export function t(key, values = {}) {
  const words = WORDS[language][key] ?? WORDS.en[key] ?? key;
  return words.replace(/\{(\w+):([^|{}]*)\|([^{}]*)\}/g, (_, name, one, many) => (String(values[name]) === '1' ? one : many))
    .replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** What is written in several languages (`{en, zh}`) in the reader's own; `fallback` where it is not. */
export function localized(texts, fallback = '') {
  return texts?.[language] || fallback;
}

/** The words for a state that the server names; a state we do not know is shown as it is. */
export function term(group, value) {
  if (value == null || value === '') return '';
  const key = `${group}.${value}`;
  return WORDS[language][key] ?? WORDS.en[key] ?? String(value).replaceAll(/[-_]/g, ' ');
}

/** What the server says by a code, in the reader's language; its own words where the code is not known here. */
export function told(group, code, words, values) {
  const key = `${group}.${code}`;
  return code && key in WORDS.en ? t(key, values) : (words ?? '');
}
