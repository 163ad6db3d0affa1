import { html, nothing } from 'lit';
import { bind } from '../../core/keys.js';
import { go, href, stay } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { Cursor, rowClick } from '../../ui/list.js';
import { ListPage } from '../../ui/listpage.js';
import { empty } from '../../ui/states.js';
import { typed } from '../../ui/table.js';
import { caseLink } from '../../ui/links.js';
import { ago } from '../../ui/time.js';
import { deviceLink } from './names.js';
import { returnDialog } from './return-new.js';
import './looks.js';

const STATES = ['requested', 'approved', 'shipped', 'received', 'inspected', 'repaired', 'replaced', 'refunded', 'returned', 'closed', 'rejected', 'cancelled'];
const TYPES = ['repair-return', 'exchange', 'refund'];
const HEADS = ['number', 'state', 'type', 'device', 'reason', 'payer', 'requester', 'case', 'since'];

/** Devices that come back, the newest first; those that are not over unless told. */
class Returns extends ListPage {
  static properties = { filters: { attribute: false } };
  path = '/rmas';
  events = ['rma.changed'];
  #cursor = new Cursor(this, { ids: () => this.items().map((one) => one.number), open: (id) => go('return', id), name: 'returns', reveal: (index) => this.window.reveal(index) });

  opened() {
    super.opened();
    if (may('agent', 'engineer', 'coordinator', 'partner')) this.own(bind([{ key: 'n', label: 'key.newreturn', run: () => this.#new() }]));
  }

  willUpdate(changed) {
    if (this.hasUpdated && changed.has('filters')) this.list.restart();
  }

  heading() {
    return t('nav.returns');
  }

  params() {
    const { state = 'open', type } = this.filters;
    return { state: state === 'all' ? '' : state, type };
  }

  #new() {
    returnDialog((made) => go('return', made.number));
  }

  #set(change) {
    this.filters = { ...this.filters, ...change };
    stay('returns', null, this.filters);
  }

  tools() {
    const { state = 'open', type } = this.filters;
    return html`<div class="row">
      <div class="tabs">${['', ...TYPES].map((one) => html`<button aria-pressed=${one === (type ?? '')} @click=${() => this.#set({ type: one })}>${one ? term('rmaType', one) : t('orders.all')}</button>`)}</div>
      <select class="slim" aria-label=${t('return.state')} @change=${(event) => this.#set({ state: event.target.value })}>
        ${['open', 'all', ...STATES].map((one) => html`<option value=${one} ?selected=${one === state}>${one === 'open' ? t('orders.open') : one === 'all' ? t('orders.all') : term('rmaState', one)}</option>`)}
      </select>
      ${may('agent', 'engineer', 'coordinator', 'partner') ? html`<button data-do="new" @click=${() => this.#new()}>${icon('plus')}${t('returnnew.title')}</button>` : nothing}
    </div>`;
  }

  nothing() {
    return empty('truck', t('returns.empty'), t('returns.empty.next'));
  }

  rows(items) {
    return html`<div class="scroll-x" tabindex="0"><table class="list">
      <thead><tr>${HEADS.map((head) => html`<th scope="col" class=${head === 'requester' ? 'spare' : ''}>${t(`return.${head}`)}</th>`)}</tr></thead>
      <tbody>${this.window.rows(items, (one) => one.id, (one) => html`<tr class=${this.#cursor.mark(one.number)} @click=${rowClick(() => go('return', one.number))}>
        <td><a class="title mono" href=${href('return', one.number)}>${one.number}</a></td><td>${badge('rmaState', one.state)}</td><td>${badge('rmaType', one.type)}</td>
        <td class="nowrap">${deviceLink(one.device)}</td><td class="wide">${typed(one.reason)}</td><td>${badge('payer', one.payer)}</td><td class="spare">${one.requester}</td><td>${caseLink(one.ticket)}</td><td class="muted nowrap">${ago(one.since)}</td>
      </tr>`)}</tbody>
    </table></div>`;
  }
}

customElements.define('ac-returns', Returns);
