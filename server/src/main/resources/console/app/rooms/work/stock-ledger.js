import { html, nothing } from 'lit';
import { stay } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { icon } from '../../ui/icons.js';
import { empty } from '../../ui/states.js';
import { ledgerHeads, ledgerRow } from './ledger-table.js';
import { knownPlaces } from './names.js';
import { moveDialog } from './stock-move.js';
import { StockList } from './stocklist.js';

const REASONS = ['receive', 'issue', 'transfer', 'fit', 'sale', 'return', 'scrap', 'count', 'reversal'];

/** The ledger: every movement, the newest first. Nothing in it changes; what is wrong is taken back by its opposite. */
class Movements extends StockList {
  static properties = { filters: { attribute: false } };
  tab = 'movements';
  path = '/stock-movements';
  events = ['requisition.changed'];

  willUpdate(changed) {
    if (this.hasUpdated && changed.has('filters')) this.list.restart();
  }

  params() {
    const { part, location, reason, reference } = this.filters;
    return { part, location, reason, reference };
  }

  #set(change) {
    this.filters = { ...this.filters, ...change };
    stay('stock', 'movements', this.filters);
  }

  tools() {
    const { part, location, reason } = this.filters;
    return html`<div class="row">
      <input class="slim" type="search" aria-label=${t('repair.part')} placeholder=${t('part.code')} .value=${part ?? ''} @change=${(event) => this.#set({ part: event.target.value.trim() })}>
      <select class="slim" aria-label=${t('move.place')} @change=${(event) => this.#set({ location: event.target.value })}>
        <option value="">${t('move.anyplace')}</option>${knownPlaces().map((one) => html`<option value=${one.code} ?selected=${one.code === location}>${one.name}</option>`)}</select>
      <select class="slim" aria-label=${t('move.reason')} @change=${(event) => this.#set({ reason: event.target.value })}>
        <option value="">${t('move.anyreason')}</option>${REASONS.map((one) => html`<option value=${one} ?selected=${one === reason}>${term('moveReason', one)}</option>`)}</select>
      ${may('coordinator') ? html`<button data-do="new" @click=${() => moveDialog({ done: () => this.list.run() })}>${icon('plus')}${t('move.title')}</button>` : nothing}</div>`;
  }

  nothing() {
    return empty('table', t('move.empty'), t('move.empty.next'));
  }

  rows(items) {
    return html`<div class="scroll-x" tabindex="0"><table class="list"><thead>${ledgerHeads()}</thead>
      <tbody>${this.window.rows(items, (one) => one.id, (one) => ledgerRow(one, { done: () => this.list.run() }))}</tbody></table></div>`;
  }
}

customElements.define('ac-movements', Movements);
