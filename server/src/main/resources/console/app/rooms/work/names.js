import { html } from 'lit';
import { api, withQuery } from '../../core/api.js';
import { lang } from '../../core/i18n.js';
import { href } from '../../core/router.js';

const PAGE = 500;
const PAGES_MAX = 20;
let catalogue = new Map();
let places = new Map();

/** Every item of a list of the API, a page at a time; at most 10,000. */
export async function every(path, params, signal) {
  const items = [];
  let cursor;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await api.get(withQuery(path, { ...params, limit: PAGE, cursor }), { signal });
    items.push(...answer.items);
    cursor = answer.next;
    if (!cursor) break;
  }
  return items;
}

/** Reads what parts and places are called, so that lists can show names for codes. */
export async function learnNames(signal) {
  const [parts, locations] = await Promise.all([every('/parts', {}, signal), every('/stock-locations', {}, signal)]);
  catalogue = new Map(parts.map((one) => [one.code, one]));
  places = new Map(locations.map((one) => [one.code, one]));
}

export const knownParts = () => [...catalogue.values()];
export const knownPlaces = () => [...places.values()];

/** A part's name in the reader's language, or its code where it is not known. */
export function partName(code) {
  return catalogue.get(code)?.name[lang()] ?? code;
}

export function placeName(code) {
  return places.get(code)?.name ?? code;
}

export function deviceLink(id) {
  return html`<a class="mono" href=${href('device', id)}>${id}</a>`;
}

/** A part with its name and its code, linked to its page. */
export function partLink(code) {
  return html`<a class="title" href=${href('part', code)} dir="auto">${partName(code)}</a> <span class="mono muted small">${code}</span>`;
}

/** A place by its name; supplier, customer and scrap are no places of ours and stay words. */
export function place(code, words) {
  return places.has(code) ? html`<span class="cut placed" title="${placeName(code)} (${code})" dir="auto">${placeName(code)}</span>` : html`<span class="muted">${words}</span>`;
}
