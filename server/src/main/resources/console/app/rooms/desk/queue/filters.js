import { html, nothing } from 'lit';
import { api } from '../../../core/api.js';
import { may, user } from '../../../core/session.js';
import { t, term } from '../../../core/i18n.js';
import { icon } from '../../../ui/icons.js';
import { menu } from '../../../ui/menu.js';
import { FILTERS } from './views.js';
import { COLUMNS } from './table.js';

/** Who may read the regions of the house; others filter by those of the rows. */
const UNITS = ['agent', 'engineer', 'coordinator', 'quality', 'auditor', 'partner'];
const PRIORITIES = ['P1', 'P2', 'P3', 'P4'];
const ORIGINS = ['proactive', 'phone', 'mail', 'web', 'app', 'social', 'marketplace', 'walk-in', 'on-site'];
const STATES = ['new', 'assessed', 'in-progress', 'waiting-customer', 'waiting-parts', 'waiting-device', 'waiting-vendor', 'fix-scheduled', 'reopened', 'resolved', 'verified', 'closed', 'cancelled'];

/** What the filters may be set to, apart from what the rows show: models and regions. A list that may not be read leaves its filter to the rows. */
export async function choices(signal) {
  const [products, units] = await Promise.allSettled([api.get('/products?limit=500', { signal }), may(...UNITS) ? api.get('/org-units?limit=500', { signal }) : { items: [] }]);
  return {
    models: products.value?.items.map((one) => one.model) ?? [],
    regions: units.value?.items.filter((one) => one.kind === 'region' && one.covers).map((one) => one.covers) ?? [],
  };
}

const together = (...lists) => [...new Set(lists.flat().filter(Boolean))].sort();

function options(name, known, rows) {
  switch (name) {
    case 'priority':
      return PRIORITIES.map((one) => [one, term('priority', one)]);
    case 'state':
      return STATES.map((one) => [one, term('ticket', one)]);
    case 'origin':
      return ORIGINS.map((one) => [one, term('origin', one)]);
    case 'model':
      return together(known.models, rows.map((one) => one.about?.model)).map((one) => [one, one]);
    case 'region':
      return together(known.regions, rows.map((one) => one.about?.region)).map((one) => [one, one]);
    case 'tag':
      return together(rows.flatMap((one) => one.tags ?? [])).map((one) => [one, one]);
    default:
      return together([user.username], rows.map((one) => one.owner)).map((one) => [one, one]);
  }
}

function select(name, value, list, set) {
  const all = value && !list.some(([one]) => one === value) ? [[value, value], ...list] : list;
  return html`<select class="slim ${value ? 'on' : ''}" aria-label=${t(`ticket.${name}`)} .value=${value ?? ''} @change=${(event) => set({ [name]: event.target.value })}>
    <option value="" ?selected=${!value}>${t(`ticket.${name}`)}</option>
    ${all.map(([one, words]) => html`<option value=${one} ?selected=${one === value}>${words}</option>`)}
  </select>`;
}

/** What narrows the view; everything chosen stands in the address. */
export function filterBar({ filters, known, rows, order, columns, set }) {
  const active = FILTERS.some((name) => filters[name]);
  return html`<div class="filters" role="group" aria-label=${t('queue.filters')}>
    ${FILTERS.filter((name) => name !== 'q').map((name) => [name, options(name, known, rows)]).filter(([name, list]) => list.length || filters[name])
      .map(([name, list]) => select(name, filters[name], list, set))}
    ${active ? html`<button class="plain" @click=${() => set(Object.fromEntries(FILTERS.map((name) => [name, ''])))}>${icon('close')}${t('queue.clear')}</button>` : nothing}
    <span class="right"></span>
    <select class="slim" aria-label=${t('queue.order')} @change=${(event) => set({ sort: event.target.value })}>
      ${['opened', 'due'].map((one) => html`<option value=${one} ?selected=${one === order}>${t(`queue.order.${one}`)}</option>`)}
    </select>
    ${menu(html`${icon('table')}${t('queue.columns')}`, COLUMNS.map((name) => html`<label class="row check"><input type="checkbox" ?checked=${columns.includes(name)}
      @change=${(event) => set({ cols: COLUMNS.filter((one) => (one === name ? event.target.checked : columns.includes(one))).join(',') || 'none' })}>${t(`ticket.${name}`)}</label>`))}
  </div>`;
}
