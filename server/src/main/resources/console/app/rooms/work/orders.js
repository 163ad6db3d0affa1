import { html, nothing } from 'lit';
import { slot } from '../../core/format.js';
import { go, href, stay } from '../../core/router.js';
import { may, user } from '../../core/session.js';
import { bind } from '../../core/keys.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { Cursor, rowClick } from '../../ui/list.js';
import { ListPage } from '../../ui/listpage.js';
import { empty } from '../../ui/states.js';
import { caseLink } from '../../ui/links.js';
import { typed } from '../../ui/table.js';
import { complain } from '../../ui/toast.js';
import { learnEngineers } from './engineers.js';
import { deviceLink } from './names.js';
import { orderDialog } from './order-new.js';
import './looks.js';

const STATES = ['draft', 'dispatched', 'accepted', 'en-route', 'on-site', 'repairing', 'testing', 'done', 'failed'];
const HEADS = ['number', 'state', 'type', 'task', 'engineer', 'slot', 'device', 'case'];

/** Every work order, the newest first; open ones unless told. */
class Orders extends ListPage {
  static properties = { filters: { attribute: false } };
  path = '/work-orders';
  events = ['work-order.changed'];
  #crew = [];
  #cursor = new Cursor(this, { ids: () => this.items().map((one) => one.number), open: (id) => go('order', id), name: 'orders', reveal: (index) => this.window.reveal(index) });

  opened() {
    super.opened();
    learnEngineers().then((all) => {
      this.#crew = all;
      this.requestUpdate();
    }, complain);
    if (may('agent', 'engineer', 'coordinator')) this.own(bind([{ key: 'n', label: 'key.neworder', run: () => this.#new() }]));
  }

  willUpdate(changed) {
    if (this.hasUpdated && changed.has('filters')) this.list.restart();
  }

  heading() {
    return t('nav.orders');
  }

  params() {
    const { state = 'open', engineer, region, device } = this.filters;
    return { state: state === 'all' ? '' : state, engineer, region, device };
  }

  #new() {
    orderDialog(null, (made) => go('order', made.number));
  }

  #set(change) {
    this.filters = { ...this.filters, ...change };
    stay('orders', null, this.filters);
  }

  tools() {
    const { state = 'open', engineer = '', device = '' } = this.filters;
    return html`<div class="row">
      <select class="slim" aria-label=${t('order.state')} @change=${(event) => this.#set({ state: event.target.value })}>
        ${['open', 'all', ...STATES].map((one) => html`<option value=${one} ?selected=${one === state}>${one === 'open' ? t('orders.open') : one === 'all' ? t('orders.all') : term('orderState', one)}</option>`)}
      </select>
      <select class="slim" aria-label=${t('order.engineer')} @change=${(event) => this.#set({ engineer: event.target.value })}>
        <option value="">${t('orders.anyone')}</option>
        ${engineer === 'me' || this.#crew.some((one) => one.name === user?.username) ? html`<option value="me" ?selected=${engineer === 'me'}>${t('orders.mine')}</option>` : nothing}
        ${[...new Set([...this.#crew.map((one) => one.name), ...(engineer && engineer !== 'me' ? [engineer] : [])])].map((one) => html`<option value=${one} ?selected=${one === engineer}>${one}</option>`)}
      </select>
      <input class="slim" type="search" aria-label=${t('order.device')} placeholder=${t('order.device')} .value=${device} @change=${(event) => this.#set({ device: event.target.value.trim() })}>
      ${may('agent', 'engineer', 'coordinator') ? html`<button data-do="new" @click=${() => this.#new()}>${icon('plus')}${t('orders.new')}</button>` : nothing}
    </div>`;
  }

  nothing() {
    const { engineer, device, state = 'open' } = this.filters;
    return engineer || device || state !== 'open' ? empty('search', t('orders.nomatch'), t('orders.nomatch.next')) : empty('wrench', t('orders.empty'), t('orders.empty.next'));
  }

  rows(items) {
    return html`<div class="scroll-x" tabindex="0"><table class="list">
      <thead><tr>${HEADS.map((head) => html`<th scope="col">${t(`order.${head}`)}</th>`)}</tr></thead>
      <tbody>${this.window.rows(items, (one) => one.id, (one) => html`<tr class=${this.#cursor.mark(one.number)} @click=${rowClick(() => go('order', one.number))}>
        <td><a class="title mono" href=${href('order', one.number)}>${one.number}</a></td><td>${badge('orderState', one.state)}</td><td>${badge('orderType', one.type)}</td>
        <td class="wide brief">${typed(one.task)}</td><td>${one.engineer ?? '–'}</td>
        <td class="nowrap">${one.slot ? html`${slot(one.slot.start, one.slot.end)}${one.confirmedAt ? html` <span class="tone-good" title=${t('board.confirmed')}>${icon('check')}</span>` : nothing}` : '–'}</td>
        <td class="nowrap">${deviceLink(one.device)} <span class="muted small spare">${one.region}</span></td><td>${caseLink(one.ticket)}</td>
      </tr>`)}</tbody>
    </table></div>`;
  }
}

customElements.define('ac-orders', Orders);
