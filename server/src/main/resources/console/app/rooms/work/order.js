import { html, nothing } from 'lit';
import { api, withQuery } from '../../core/api.js';
import { bind } from '../../core/keys.js';
import { slot } from '../../core/format.js';
import { may, user } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { area } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { menu } from '../../ui/menu.js';
import { appointmentDialog } from './appointment.js';
import { Detail } from './detail.js';
import { dispatchDrawer } from './dispatch.js';
import { nextStart, dayOf } from './board-shape.js';
import { learnNames } from './names.js';
import { requisitionDialog } from './requisition-new.js';
import { records, track } from './order-records.js';
import { contactCard, filesCard, orderCard, partsCard, person, reachBar } from './order-side.js';
import './order-step.js';

const LOOKED_THROUGH = 100;

/** A work order: how far it is, what is to be done next, what was written down, and whom to call. The same page serves the desk and the phone. */
class Order extends Detail {
  parent = 'orders';
  events = ['work-order.changed', 'requisition.changed', 'consent.changed'];

  opened() {
    super.opened();
    this.own(bind([
      { key: 'd', label: 'key.dispatch', run: () => this.dispatch() },
      { key: 'a', label: 'key.appointment', run: () => this.appoint() },
      { key: 'p', label: 'key.print', run: () => print() },
    ]));
  }

  path() {
    return `/work-orders/${encodeURIComponent(this.itemId)}`;
  }

  /** Who only goes to customers goes back to their own visits. */
  up() {
    return [may('coordinator', 'agent') ? 'orders' : this.one && this.one.engineer === user?.username ? 'visits' : 'orders'];
  }

  upWords() {
    return t(`nav.${this.up()[0]}`);
  }

  goesByVersion(step) {
    return step === '/repair';
  }

  concerns(data) {
    return String(data.id) === this.one?.id || data.ticket === this.load.value?.ticket.number;
  }

  /** What stands beside an order: its case, who reported it, the parts that were asked for and what the customer said to them, and the files. */
  async more(one, signal) {
    const ticket = await api.get(`/tickets/${one.ticket}`, { signal });
    const device = await api.get(`/devices/${encodeURIComponent(one.device)}`, { signal });
    const [requisitions, consents, files, settings, customer, before] = await Promise.all([
      api.get(withQuery('/requisitions', { ticket: ticket.number }), { signal }),
      api.get(`/tickets/${one.ticket}/consents`, { signal }),
      api.get(`/tickets/${one.ticket}/attachments`, { signal }),
      api.get('/work-order-settings', { signal }),
      device.customer && may('agent', 'engineer', 'coordinator', 'quality', 'partner') ? api.get(`/customers/${encodeURIComponent(device.customer)}`, { signal }) : null,
      one.state === 'testing' && !one.test ? this.#before(one, signal) : null,
      learnNames(signal),
    ]);
    return { before, ticket, device, customer, requisitions: requisitions.items, consents: consents.items, files: files.items, settings };
  }

  /** The last order on such a device whose test passed: the next one is likely to check the same. */
  async #before(one, signal) {
    const { items } = await api.get(withQuery('/work-orders', { state: 'done', limit: LOOKED_THROUGH }), { signal });
    return items.find((other) => other.model === one.model && other.test?.passed);
  }

  name(one) {
    return `${one.number} ${one.task}`;
  }

  /** Opens the drawer in which somebody is sent. */
  dispatch() {
    const one = this.one;
    if (one?.state !== 'draft' || !one.approval || !may('coordinator')) return;
    dispatchDrawer(one, { start: nextStart(dayOf(Date.now())), done: () => this.load.run() });
  }

  /** Confirms the time with the customer, or another. */
  appoint(done = () => this.load.run()) {
    const one = this.one;
    if (one?.state === 'accepted' && may('engineer', 'coordinator')) appointmentDialog({ number: one.number, ...one.slot }, { phone: person(this.load.value).phone, done });
  }

  /** Gives the order back, so that somebody else is found. */
  giveBack() {
    this.#reason('/withdraw', t('order.withdraw.title', { number: this.one.number }), t('order.withdraw'), t('order.withdrawn'));
  }

  askParts() {
    requisitionDialog({ ticket: this.load.value.ticket.number, order: this.one, done: () => this.load.run() });
  }

  #reason(step, heading, confirm, words, body) {
    this.form({
      title: heading, step, confirm, words, danger: true,
      body: () => area({ label: t('order.reason'), name: 'reason', required: true, maxlength: 2000 }),
      change: (values) => ({ ...body, reason: values.reason }),
    });
  }

  #actions(one) {
    const open = !['done', 'failed'].includes(one.state);
    const mine = may('engineer', 'coordinator');
    return html`<div class="actionbar" role="toolbar" aria-label=${t('order.actions')}>
      ${one.state === 'accepted' && mine && (one.confirmedAt || one.type === 'depot') ? html`<button data-do="appointment" @click=${() => this.appoint()}>${icon('calendar')}${one.confirmedAt ? t('order.move') : t('appointment.do')}<kbd>A</kbd></button>` : nothing}
      ${open && mine && one.state !== 'repairing' ? html`<button data-do="requisition" @click=${() => this.askParts()}>${icon('box')}${t('requisitionnew.title')}</button>` : nothing}
      <button class="right desk" @click=${() => print()}>${icon('print')}${t('order.print')}<kbd>P</kbd></button>
      ${open && mine ? menu(t('order.more'), html`
        ${['dispatched', 'accepted'].includes(one.state) ? html`<button data-do="withdraw" @click=${() => this.giveBack()}>${t('order.withdraw')}</button>` : nothing}
        <button class="danger" data-do="fail" @click=${() => this.#reason('/transitions', t('order.fail.title', { number: one.number }), t('order.fail'), t('order.failed'), { to: 'failed' })}>${t('order.fail')}</button>`) : nothing}
    </div>`;
  }

  draw(one, value) {
    return html`
      <div class="headline">
        <h1 dir="auto">${one.task}</h1>
        <div class="row">${badge('orderState', one.state)}${badge('orderType', one.type)}
          ${one.engineer ? html`<span class="row nowrap">${icon('person')}${one.engineer}</span>` : nothing}
          ${one.slot ? html`<span class="row">${icon('calendar')}${slot(one.slot.start, one.slot.end)}${one.confirmedAt ? html`<span class="badge good">${icon('check')}${t('board.confirmed')}</span>` : nothing}</span>` : nothing}
        </div>
        ${track(one)}
      </div>
      ${this.#actions(one)}
      ${reachBar(one, value, () => this.load.run())}
      <div class="columns">
        <div class="stack"><ac-order-step .page=${this} .value=${value}></ac-order-step>${records(one)}</div>
        <div class="stack">${contactCard(one, value)}${orderCard(one, value)}${partsCard(value)}${filesCard(value, () => this.load.run())}</div>
      </div>`;
  }
}

customElements.define('ac-order', Order);
