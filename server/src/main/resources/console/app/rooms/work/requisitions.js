import { html, nothing } from 'lit';
import { bind } from '../../core/keys.js';
import { go, href, stay } from '../../core/router.js';
import { may, user } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { Cursor, rowClick } from '../../ui/list.js';
import { ListPage } from '../../ui/listpage.js';
import { empty } from '../../ui/states.js';
import { typed } from '../../ui/table.js';
import { ago } from '../../ui/time.js';
import { caseLink } from '../../ui/links.js';
import { complain } from '../../ui/toast.js';
import { learnNames, partName, placeName } from './names.js';
import { requisitionDialog } from './requisition-new.js';
import './looks.js';

const STATES = ['draft', 'submitted', 'approved', 'issued', 'received', 'used', 'returned', 'rejected', 'cancelled'];
const OPEN = 'draft,submitted,approved,issued,received';
const HEADS = ['number', 'state', 'parts', 'from', 'to', 'requester', 'approver', 'case', 'since'];

/** What was asked of the stock for cases, the newest first; open ones unless told. */
class Requisitions extends ListPage {
  static properties = { filters: { attribute: false } };
  path = '/requisitions';
  events = ['requisition.changed'];
  #cursor = new Cursor(this, { ids: () => this.items().map((one) => one.id), open: (id) => go('requisition', id), name: 'requisitions', reveal: (index) => this.window.reveal(index) });

  opened() {
    super.opened();
    learnNames().then(() => this.requestUpdate(), complain);
    if (may('agent', 'engineer', 'coordinator', 'partner')) this.own(bind([{ key: 'n', label: 'key.newrequisition', run: () => this.#new() }]));
  }

  willUpdate(changed) {
    if (this.hasUpdated && changed.has('filters')) this.list.restart();
  }

  heading() {
    return t('nav.requisitions');
  }

  params() {
    const { state = 'open', requester } = this.filters;
    return { state: state === 'open' ? OPEN : state === 'all' ? '' : state, requester };
  }

  #new() {
    requisitionDialog({ done: (made) => go('requisition', made.id) });
  }

  #set(change) {
    this.filters = { ...this.filters, ...change };
    stay('requisitions', null, this.filters);
  }

  tools() {
    const { state = 'open', requester } = this.filters;
    return html`<div class="row">
      <select class="slim" aria-label=${t('requisition.requester')} @change=${(event) => this.#set({ requester: event.target.value })}>
        <option value="">${t('requisitions.everybody')}</option><option value=${user?.username} ?selected=${requester === user?.username}>${t('requisitions.mine')}</option>${requester && requester !== user?.username ? html`<option value=${requester} selected>${requester}</option>` : nothing}
      </select>
      <select class="slim" aria-label=${t('requisition.state')} @change=${(event) => this.#set({ state: event.target.value })}>
        ${['open', 'all', ...STATES].map((one) => html`<option value=${one} ?selected=${one === state}>${one === 'open' ? t('orders.open') : one === 'all' ? t('orders.all') : term('requisitionState', one)}</option>`)}
      </select>
      ${may('agent', 'engineer', 'coordinator', 'partner') ? html`<button data-do="new" @click=${() => this.#new()}>${icon('plus')}${t('requisitionnew.title')}</button>` : nothing}
    </div>`;
  }

  nothing() {
    return empty('box', t('requisitions.empty'), t('requisitions.empty.next'));
  }

  rows(items) {
    return html`<div class="scroll-x" tabindex="0"><table class="list">
      <thead><tr>${HEADS.map((head) => html`<th scope="col" class=${head === 'approver' ? 'spare' : ''}>${t(`requisition.${head}`)}</th>`)}</tr></thead>
      <tbody>${this.window.rows(items, (one) => one.id, (one) => html`<tr class=${this.#cursor.mark(one.id)} @click=${rowClick(() => go('requisition', one.id))}>
        <td><a class="title mono" href=${href('requisition', one.id)}>RQ-${one.id}</a></td><td>${badge('requisitionState', one.state)}</td>
        <td class="wide">${typed(one.lines.map((line) => `${partName(line.part)} × ${line.quantity}`).join(', '))}</td>
        <td>${typed(placeName(one.from))}</td><td>${typed(placeName(one.to))}</td><td>${one.requester}</td><td class="spare">${one.approver ?? '–'}</td><td>${caseLink(one.ticket)}</td><td class="muted nowrap">${ago(one.since)}</td>
      </tr>`)}</tbody>
    </table></div>`;
  }
}

customElements.define('ac-requisitions', Requisitions);
