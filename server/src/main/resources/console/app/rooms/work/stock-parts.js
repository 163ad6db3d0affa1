import { html, nothing } from 'lit';
import { money, number } from '../../core/format.js';
import { onEvent } from '../../core/live.js';
import { Load } from '../../core/load.js';
import { go, href, stay } from '../../core/router.js';
import { may } from '../../core/session.js';
import { lang, t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { Cursor, rowClick } from '../../ui/list.js';
import { empty } from '../../ui/states.js';
import { every } from './names.js';
import { partDialog } from './part-edit.js';
import { StockList } from './stocklist.js';
import '../../ui/search.js';
import { typed } from '../../ui/table.js';

const HEADS = ['code', 'name', 'class', 'models', 'supplier', 'available', 'safety', 'point', 'order', 'price'];
const NUMBERS = ['available', 'safety', 'point', 'order', 'price'];
const CLASSES = ['core', 'accessory', 'consumable'];

/** How well a part is supplied: too few, about to be, or enough. */
function supply(level) {
  if (!level) return nothing;
  const wanted = Math.max(level.safetyStock, level.reorderPoint);
  if (level.available < wanted) return html`<span class="tone-critical row nowrap end">${icon('alert')}${number(level.available)}</span>`;
  return number(level.available);
}

/** Every part with how many are there and how many should be. */
class PartsList extends StockList {
  static properties = { filters: { attribute: false } };
  tab = 'parts';
  path = '/parts';
  events = ['requisition.changed'];
  #levels = new Load(this, async (signal) => new Map((await every('/stock/reorders', { all: true }, signal)).map((one) => [one.part, one])));
  #cursor = new Cursor(this, { ids: () => this.#shown(this.items()).map((one) => one.code), open: (id) => go('part', id), name: 'parts', reveal: (index) => this.window.reveal(index) });

  opened() {
    super.opened();
    if (!may('agent', 'engineer', 'coordinator', 'quality', 'auditor')) return;
    this.#levels.restart();
    this.own(onEvent((name) => ['reset', 'requisition.changed'].includes(name) && this.#levels.run()));
  }

  willUpdate(changed) {
    if (this.hasUpdated && changed.has('filters')) this.list.restart();
  }

  params() {
    const { q, class: kind, supplier, state } = this.filters;
    return { q, class: kind, supplier, state };
  }

  #set(change) {
    this.filters = { ...this.filters, ...change };
    stay('stock', 'parts', this.filters);
  }

  /** Only what should be ordered, where that is asked for. */
  #shown(items) {
    return this.filters.short ? items.filter((one) => this.#levels.value?.get(one.code)?.order > 0) : items;
  }

  tools() {
    const { q, class: kind, short } = this.filters;
    const missing = [...(this.#levels.value?.values() ?? [])].filter((one) => one.order > 0).length;
    return html`<div class="row"><ac-search .value=${q ?? ''} .label=${t('parts.search')} @sought=${(event) => this.#set({ q: event.detail })}></ac-search>
      <select class="slim" aria-label=${t('part.class')} @change=${(event) => this.#set({ class: event.target.value })}>
        <option value="">${t('parts.anyclass')}</option>${CLASSES.map((one) => html`<option value=${one} ?selected=${one === kind}>${term('partClass', one)}</option>`)}
      </select>
      ${missing || short ? html`<div class="tabs"><button aria-pressed=${Boolean(short)} @click=${() => this.#set({ short: short ? '' : 'yes' })}>${icon('alert')}${t('parts.short', { count: missing })}</button></div>` : nothing}
      ${may('coordinator') ? html`<button data-do="new" @click=${() => partDialog(null, (made) => go('part', made.code))}>${icon('plus')}${t('part.new')}</button>` : nothing}</div>`;
  }

  nothing() {
    return this.filters.q || this.filters.class ? empty('search', t('parts.nomatch'), t('parts.nomatch.next')) : empty('box', t('parts.empty'), t('parts.empty.next'));
  }

  rows(items) {
    const shown = this.#shown(items);
    if (!shown.length) return empty('done', t('parts.enough'), t('parts.enough.next'));
    return html`<div class="scroll-x" tabindex="0"><table class="list">
      <thead><tr>${HEADS.map((head) => html`<th scope="col" class=${NUMBERS.includes(head) ? 'num' : ''}>${t(`part.${head}`)}</th>`)}</tr></thead>
      <tbody>${this.window.rows(shown, (one) => one.code, (one) => this.#row(one, this.#levels.value?.get(one.code)))}</tbody>
    </table></div>`;
  }

  #row(one, level) {
    return html`<tr class=${this.#cursor.mark(one.code)} @click=${rowClick(() => go('part', one.code))}>
      <td><a class="title mono" href=${href('part', one.code)}>${one.code}</a></td><td class="wide brief"><span dir="auto">${one.name[lang()]}</span> ${one.specification ? html`<span class="muted small" dir="auto">${one.specification}</span>` : nothing} ${one.state === 'active' ? nothing : badge('partState', one.state)}</td>
      <td class="nowrap">${term('partClass', one.class)}</td><td>${typed(one.models.join(', ') || t('part.anymodel'))}</td><td class="nowrap">${one.supplier ? html`<a href=${href('supplier', one.supplier)}>${one.supplier}</a>` : '–'}</td>
      <td class="num">${supply(level)}</td><td class="num">${number(one.safetyStock)}</td><td class="num">${level ? number(level.reorderPoint) : '–'}</td><td class="num">${level?.order ? html`<strong>${number(level.order)}</strong>` : '–'}</td>
      <td class="num">${money(one.purchasePrice)}</td></tr>`;
  }
}

customElements.define('ac-parts', PartsList);
