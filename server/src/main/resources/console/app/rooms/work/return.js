import { html, nothing } from 'lit';
import { money } from '../../core/format.js';
import { may, user } from '../../core/session.js';
import { lang, t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { facts } from '../../ui/facts.js';
import { icon } from '../../ui/icons.js';
import { caseLink } from '../../ui/links.js';
import { ago, at } from '../../ui/time.js';
import { Detail } from './detail.js';
import { contentOf } from './files.js';
import { deviceLink } from './names.js';
import { STEPS } from './return-steps.js';

const WAY = ['requested', 'approved', 'shipped', 'received', 'inspected', 'outcome', 'closed'];
const OUTCOMES = ['repaired', 'replaced', 'refunded', 'returned'];
const ENDED = ['rejected', 'cancelled'];

function track(one) {
  const state = OUTCOMES.includes(one.state) ? 'outcome' : one.state;
  const here = WAY.indexOf(state);
  const words = (step) => (step === 'outcome' && OUTCOMES.includes(one.state) ? term('rmaState', one.state) : term('rmaState', step));
  return html`<ol class="track" tabindex="0" aria-label=${t('order.way')}>${WAY.map((step, i) => html`<li class=${i < here || state === 'closed' ? 'past' : i === here ? 'here' : ''} aria-current=${i === here ? 'step' : nothing}>
    ${i < here || state === 'closed' ? icon('check') : html`<i></i>`}<span>${words(step)}</span></li>`)}
    ${ENDED.includes(one.state) ? html`<li class="broken" aria-current="step">${icon('off')}<span>${term('rmaState', one.state)}</span></li>` : nothing}</ol>`;
}

function shipments(one) {
  if (!one.shipments.length) return nothing;
  return card(t('return.shipments'), html`<div class="scroll-x" tabindex="0"><table class="list">
    <thead><tr>${['direction', 'carrier', 'cost', 'payer', 'by'].map((head) => html`<th scope="col" class=${head === 'cost' ? 'num' : ''}>${t(`shipment.${head}`)}</th>`)}</tr></thead>
    <tbody>${one.shipments.map((it) => html`<tr><td class="nowrap">${icon(it.inbound ? 'down' : 'truck')} ${t(it.inbound ? 'shipment.inbound' : 'shipment.outbound')}<div class="sub">${deviceLink(it.device)}</div></td><td dir="auto">${it.carrier}<div class="sub mono">${it.tracking}</div></td>
      <td class="num">${money(it.cost)}</td><td>${badge('payer', it.payer)}</td><td class="muted nowrap">${it.sentBy}<div class="sub">${ago(it.sentAt)}</div></td></tr>`)}</tbody></table></div>`, { flush: true });
}

function receipts(one) {
  if (!one.receipts.length) return nothing;
  return card(t('return.receipts'), html`<div class="scroll-x" tabindex="0"><table class="list">
    <thead><tr>${['serial', 'matches', 'condition', 'by'].map((head) => html`<th scope="col">${t(`receipt.${head}`)}</th>`)}</tr></thead>
    <tbody>${one.receipts.map((it) => html`<tr><td class="mono">${it.serial}</td><td>${it.matches ? html`<span class="badge good">${icon('check')}${t('receipt.yes')}</span>` : html`<span class="badge critical">${icon('alert')}${t('receipt.no')}</span>`}</td>
      <td class="wide" dir="auto">${it.condition}</td><td class="muted nowrap">${it.takenBy}<div class="sub">${ago(it.at)}</div></td></tr>`)}</tbody></table></div>`, { flush: true });
}

function inspection(one) {
  const it = one.inspection;
  if (!it) return nothing;
  return card(t('return.inspection'), facts([[t('inspection.verdict'), badge('verdict', it.verdict)], [t('inspection.findings'), html`<span class="pre" dir="auto">${it.findings}</span>`], [t('inspection.photos'), it.photos?.length ? it.photos.map((photo, i) => html`<a href=${contentOf(one.ticket, photo)}>${t('inspection.photo', { number: i + 1 })}</a> `) : null], [t('inspection.by'), html`${it.inspector} · ${at(it.at)}`]]));
}

/** One return with its way: who asked, who approved, what came in, what was found, what was done, what went out, and who pays. */
class ReturnPage extends Detail {
  parent = 'returns';
  events = ['rma.changed'];

  path() {
    return `/rmas/${encodeURIComponent(this.itemId)}`;
  }

  name(one) {
    return `${one.number} ${term('rmaType', one.type)}`;
  }

  #take(step, one) {
    const words = t(`returnDone.${step.name}`);
    if (step.plain) return this.step(step.step, undefined, words);
    return this.form({ title: t(`returnDo.${step.name}`), step: step.step, body: () => step.body(one), change: step.change && ((values, form) => step.change(values, form, one)), confirm: t(`returnDo.${step.name}`), danger: step.danger, words });
  }

  /** Whether somebody else has to take this step: nobody approves what they asked for, where it costs us a device or money. */
  #isOther(step, one) {
    return step.name === 'approve' && one.type !== 'repair-return' && one.requester === user?.username;
  }

  #actions(one) {
    const steps = STEPS.filter((step) => step.when(one) && may(...step.roles));
    if (!steps.length) return nothing;
    const calm = steps.filter((step) => !step.danger);
    return html`<div class="actionbar" role="toolbar" aria-label=${t('order.actions')}>
      ${calm.map((step) => (this.#isOther(step, one) ? html`<span class="row muted">${icon('wait')}${t('return.other')}</span>`
        : html`<button class=${step.main ? 'primary' : ''} data-do=${step.name} @click=${() => this.#take(step, one)}>${t(`returnDo.${step.name}`)}</button>`))}
      ${steps.filter((step) => step.danger).map((step, i) => html`<button class="danger ${i ? '' : 'right'}" data-do=${step.name} @click=${() => this.#take(step, one)}>${t(`returnDo.${step.name}`)}</button>`)}
    </div>`;
  }

  draw(one) {
    return html`
      <div class="headline"><h1>${term('rmaType', one.type)} <span class="mono">${one.device}</span></h1>
        <div class="row">${badge('rmaState', one.state)}${badge('rmaType', one.type)}<span class="muted">${ago(one.since)}</span>${one.quoteNeeded ? html`<span class="badge warning">${icon('money')}${t('return.quoteneeded')}</span>` : nothing}</div>
        ${track(one)}<p dir="auto">${one.reason}</p></div>
      ${this.#actions(one)}
      <div class="columns"><div class="stack">${inspection(one)}${receipts(one)}${shipments(one)}
        ${one.inspection || one.receipts.length || one.shipments.length ? nothing : card(t('return.way.title'), html`<p class="muted">${t('return.nothing')}</p>`)}</div>
      <div class="stack">
        ${card(t('return.pays'), html`<div class="stack"><div class="row">${badge('payer', one.payer)}<span>${one.payerReason?.[lang()]}</span></div>${facts([[t('return.compensation'), one.compensation ? money(one.compensation) : null], [t('return.refund'), one.refund == null ? null : money(one.refund)]])}</div>`)}
        ${card(t('return.about'), facts([
          [t('return.case'), caseLink(one.ticket)], [t('return.device'), deviceLink(one.device)], [t('return.newdevice'), one.newDevice && deviceLink(one.newDevice)],
          [t('return.quality'), t(one.quality ? 'return.quality.yes' : 'return.quality.no')], [t('return.advance'), one.advance ? t('return.advance.yes') : null],
          [t('return.way'), one.way && term('rmaWay', one.way)], [t('return.requester'), html`${one.requester} · ${at(one.requestedAt)}`], [t('return.approver'), one.approver], [t('return.note'), one.note && html`<span dir="auto">${one.note}</span>`],
          [t('return.handover'), one.handover && html`${one.handover.by} · ${at(one.handover.at)}`],
        ]))}
      </div></div>`;
  }
}

customElements.define('ac-return', ReturnPage);
