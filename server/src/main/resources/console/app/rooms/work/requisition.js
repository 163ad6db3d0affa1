import { html, nothing } from 'lit';
import { number } from '../../core/format.js';
import { may, user } from '../../core/session.js';
import { href } from '../../core/router.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { facts } from '../../ui/facts.js';
import { area, choice, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { caseLink } from '../../ui/links.js';
import { ago, at } from '../../ui/time.js';
import { Detail } from './detail.js';
import { learnNames, partLink, partName, placeName } from './names.js';

const PARCEL = ['handed-over', 'in-transit', 'delivered', 'lost'];
const ENDED = ['used', 'returned', 'rejected', 'cancelled'];
const GIVEN_OUT = ['issued', 'received'];

/** One requisition: what was asked for, who approved it, where it is, and what became of each piece. */
class RequisitionPage extends Detail {
  parent = 'requisitions';
  events = ['requisition.changed'];

  path() {
    return `/requisitions/${encodeURIComponent(this.itemId.replace(/^RQ-/, ''))}`;
  }

  pick(data) {
    return { ...data, number: `RQ-${data.id}` };
  }

  async more(_, signal) {
    await learnNames(signal);
    return {};
  }

  name(one) {
    return t('requisition.title', { number: `RQ-${one.id}` });
  }

  #move(to, words) {
    return this.step('/transitions', { to }, words);
  }

  #because(to, heading, words, required = true) {
    this.form({ title: heading, step: '/transitions', confirm: term('requisitionDo', to), words, danger: true,
      body: () => area({ label: t('order.reason'), name: 'reason', required, maxlength: 2000 }), change: ({ reason }) => ({ to, reason: reason || undefined }) });
  }

  #track(one) {
    const now = one.shipment ?? {};
    this.form({ title: t('requisition.track'), step: '/shipment', method: 'put', confirm: t('action.save'), words: t('requisition.tracked'),
      body: () => html`${pair(field({ label: t('parcel.carrier'), name: 'carrier', value: now.carrier, required: true, maxlength: 100 }), field({ label: t('parcel.number'), name: 'number', value: now.number, required: true, maxlength: 100 }))}
        ${choice({ label: t('parcel.state'), name: 'state', value: now.state ?? PARCEL[0], required: true, options: PARCEL.map((state) => [state, term('parcel', state)]) })}` });
  }

  /** Fits a part into the device, or gives it back. */
  #use(one, line, step) {
    const fitting = step === '/fittings';
    this.form({ title: t(fitting ? 'requisition.fit.title' : 'requisition.back.title', { part: partName(line.part) }), step, confirm: t(fitting ? 'requisition.fit' : 'requisition.back'),
      words: t(fitting ? 'requisition.fitted' : 'requisition.gaveback'),
      body: () => html`${field({ label: t('repair.quantity'), name: 'quantity', type: 'number', min: 1, max: line.quantity - line.used - line.returned, value: '1', required: true })}
        ${fitting ? field({ label: t('repair.serial'), name: 'serial', maxlength: 100, hint: t('repair.serial.hint') }) : nothing}`,
      change: (values) => ({ part: line.part, quantity: Number(values.quantity), serial: values.serial }) });
  }

  #actions(one) {
    const coordinator = may('coordinator');
    const own = one.requester === user?.username;
    const hands = may('agent', 'engineer', 'coordinator', 'partner');
    if (ENDED.includes(one.state) || (one.state === 'approved' && !hands)) return nothing;
    return html`<div class="actionbar" role="toolbar" aria-label=${t('order.actions')}>
      ${one.state === 'draft' && hands ? html`<button class="primary" data-do="submit" @click=${() => this.#move('submitted', t('requisitionnew.submitted', { number: `RQ-${one.id}` }))}>${t('requisition.submit')}</button>` : nothing}
      ${one.state === 'submitted' && coordinator && !own ? html`<button class="primary" data-do="approve" @click=${() => this.#move('approved', t('requisition.approved.done'))}>${icon('check')}${t('requisition.approve')}</button>
        <button class="danger" data-do="reject" @click=${() => this.#because('rejected', t('requisition.reject.title'), t('requisition.rejected.done'))}>${t('requisition.reject')}</button>` : nothing}
      ${one.state === 'submitted' && (own || !coordinator) ? html`<span class="row muted">${icon('wait')}${own ? t('requisition.own') : t('requisition.waits')}</span>` : nothing}
      ${one.state === 'approved' && coordinator ? html`<button class="primary" data-do="issue" @click=${() => this.#move('issued', t('requisition.issued.done'))}>${icon('truck')}${t('requisition.issue')}</button>` : nothing}
      ${one.state === 'issued' && hands ? html`<button class="primary" data-do="receive" @click=${() => this.#move('received', t('requisition.received.done'))}>${icon('box')}${t('requisition.receive')}</button>` : nothing}
      ${GIVEN_OUT.includes(one.state) && may('agent', 'engineer', 'coordinator') ? html`<button data-do="track" @click=${() => this.#track(one)}>${icon('truck')}${t('requisition.track')}</button>` : nothing}
      ${['draft', 'submitted', 'approved'].includes(one.state) && hands ? html`<button class="right danger" data-do="cancel" @click=${() => this.#because('cancelled', t('requisition.cancel.title'), t('requisition.cancelled.done'), false)}>${term('requisitionDo', 'cancelled')}</button>` : nothing}
    </div>`;
  }

  #lines(one) {
    const hands = GIVEN_OUT.includes(one.state) && may('engineer', 'coordinator', 'partner');
    return card(t('requisition.parts'), html`<div class="scroll-x" tabindex="0"><table class="list">
      <thead><tr><th scope="col">${t('repair.part')}</th><th scope="col">${t('part.specification')}</th>${['quantity', 'used', 'returned', 'left'].map((head) => html`<th scope="col" class="num">${t(`requisition.${head}`)}</th>`)}${hands ? html`<th scope="col"><span class="unseen">${t('table.actions')}</span></th>` : nothing}</tr></thead>
      <tbody>${one.lines.map((line) => {
        const left = line.quantity - line.used - line.returned;
        return html`<tr><td class="nowrap">${partLink(line.part)}</td><td class="muted" dir="auto">${line.specification || '–'}</td><td class="num">${number(line.quantity)}</td><td class="num">${number(line.used)}</td><td class="num">${number(line.returned)}</td><td class="num">${number(left)}</td>
          ${hands ? html`<td class="nowrap num">${left > 0 ? html`<button data-do="fit" @click=${() => this.#use(one, line, '/fittings')}>${icon('wrench')}${t('requisition.fit')}</button> <button data-do="back" @click=${() => this.#use(one, line, '/returns')}>${icon('back')}${t('requisition.back')}</button>` : nothing}</td>` : nothing}</tr>`;
      })}</tbody>
    </table></div>`, { flush: true });
  }

  draw(one) {
    return html`
      <div class="headline"><h1>${this.name(one)}</h1>
        <div class="row">${badge('requisitionState', one.state)}<span class="muted">${ago(one.since)}</span>${one.reason ? html`<q dir="auto">${one.reason}</q>` : nothing}</div></div>
      ${this.#actions(one)}
      <div class="columns"><div class="stack">${this.#lines(one)}</div><div class="stack">
        ${card(t('requisition.about'), facts([
          [t('requisition.case'), caseLink(one.ticket)], [t('requisition.order'), one.workOrder && html`<a class="mono" href=${href('order', one.workOrder)}>${one.workOrder}</a>`],
          [t('requisition.from'), placeName(one.from)], [t('requisition.to'), placeName(one.to)], [t('requisition.requester'), one.requester], [t('requisition.approver'), one.approver],
          [t('requisition.created'), at(one.createdAt)],
        ]))}
        ${one.shipment ? card(t('requisition.shipment'), facts([[t('parcel.state'), badge('parcel', one.shipment.state)], [t('parcel.carrier'), one.shipment.carrier], [t('parcel.number'), html`<span class="mono">${one.shipment.number}</span>`], [t('parcel.at'), one.shipment.at && at(one.shipment.at)]])) : nothing}
      </div></div>`;
  }
}

customElements.define('ac-requisition', RequisitionPage);
