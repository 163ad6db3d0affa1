import { html, nothing } from 'lit';
import { api } from '../../../core/api.js';
import { t, term } from '../../../core/i18n.js';
import { badge } from '../../../ui/badges.js';
import { ask } from '../../../ui/dialog.js';
import { act, edit } from '../../../ui/edit.js';
import { area, choice, field, pair } from '../../../ui/field.js';
import { facts } from '../../../ui/facts.js';
import { icon } from '../../../ui/icons.js';
import { ago } from '../../../ui/time.js';
import { money } from '../money.js';
import { atOnce, path } from './act.js';

const KINDS = ['part', 'labour', 'travel', 'other'];
const CHANNELS = ['phone', 'mail', 'walk-in', 'on-site', 'social', 'app'];
const given = (values, name) => (values[name] === '' || values[name] == null ? undefined : Number(values[name]));

/** The lines of a quote's form; `state.lines` keeps what stands in them while lines come and go. */
function linesOf(state, again) {
  const keep = (index, name) => (event) => { state.lines[index][name] = event.target.value; };
  return html`<table class="list lines"><thead><tr><th scope="col">${t('quote.kind')}</th><th scope="col">${t('quote.what')}</th><th scope="col" class="num">${t('quote.quantity')}</th><th scope="col" class="num">${t('quote.price')}</th><th></th></tr></thead>
    <tbody>${state.lines.map((one, index) => html`<tr>
      <td><select aria-label=${t('quote.kind')} @change=${(event) => { keep(index, 'kind')(event); again(); }}>${KINDS.map((kind) => html`<option value=${kind} ?selected=${kind === one.kind}>${term('quoteKind', kind)}</option>`)}</select></td>
      <td><input name="lines[${index}].${one.kind === 'part' ? 'part' : 'text'}" aria-label=${t('quote.what')} required dir="auto" .value=${(one.kind === 'part' ? one.part : one.text) ?? ''} @input=${keep(index, one.kind === 'part' ? 'part' : 'text')}></td>
      <td><input class="num" aria-label=${t('quote.quantity')} type="number" min="0.01" step="0.01" required .value=${one.quantity ?? 1} @input=${keep(index, 'quantity')}></td>
      <td><input class="num" aria-label=${t('quote.price')} type="number" min="0" step="0.01" ?required=${one.kind !== 'part'} placeholder=${one.kind === 'part' ? t('quote.official') : ''} .value=${one.price ?? ''} @input=${keep(index, 'price')}></td>
      <td><button type="button" class="plain square" ?disabled=${state.lines.length < 2} aria-label=${t('quote.drop')} @click=${() => { state.lines.splice(index, 1); again(); }}>${icon('close')}</button></td></tr>`)}</tbody></table>
    <button type="button" @click=${() => { state.lines.push({ kind: 'labour', quantity: 1 }); again(); }}>${icon('plus')}${t('quote.add')}</button>`;
}

function draftOf(state, values) {
  return {
    lines: state.lines.map(({ kind, part, text, quantity, price }) => ({ kind, ...(kind === 'part' ? { part: part?.trim() } : { text }), quantity: Number(quantity), ...(price === '' || price == null ? {} : { price: Number(price) }) })),
    durationDays: Number(values.durationDays), cause: values.cause, plan: values.plan, risk: values.risk, validDays: given(values, 'validDays'), inspectionFee: given(values, 'inspectionFee'),
  };
}

function fields(state, quote, again) {
  return html`${linesOf(state, again)}
    ${area({ label: t('quote.cause'), name: 'cause', value: quote?.cause, required: true, rows: 2, maxlength: 2000 })}
    ${area({ label: t('quote.plan'), name: 'plan', value: quote?.plan, required: true, rows: 2, maxlength: 2000 })}
    ${area({ label: t('quote.risk'), name: 'risk', value: quote?.risk, required: true, rows: 2, maxlength: 2000 })}
    ${pair(field({ label: t('quote.days'), name: 'durationDays', type: 'number', min: 0, max: 365, value: quote?.durationDays ?? 3, required: true }),
      field({ label: t('quote.valid'), name: 'validDays', type: 'number', min: 1, max: 365, value: quote?.validDays ?? 14 }),
      field({ label: t('quote.fee'), name: 'inspectionFee', type: 'number', min: 0, step: 0.01, value: quote?.inspectionFee ?? '' }))}`;
}

/** Drafts a quote; the customer sees nothing of it before it is sent. */
export function quoteForm(desk) {
  const state = { lines: [{ kind: 'part', quantity: 1 }, { kind: 'labour', quantity: 1, text: t('quote.labour') }] };
  act({ title: t('quote.new'), path: `${path(desk)}/quote`, shape: 'wide', confirm: t('quote.keep'), body: (again) => fields(state, { cause: desk.ticket.rootCause ?? '' }, again), change: (values) => draftOf(state, values), words: t('quote.kept'), done: desk.reload });
}

function change(desk, quote) {
  const state = { lines: quote.lines.map((one) => ({ ...one })) };
  return edit({ title: t('quote.edit', { number: quote.number }), path: `/quotes/${quote.id}`, shape: 'wide', body: (now, again) => fields(state, now, again), change: (values) => draftOf(state, values), words: t('quote.kept'), done: desk.reload });
}

function decide(desk, quote) {
  act({
    title: t('quote.decide', { number: quote.number }), path: `/quotes/${quote.id}/decision`,
    body: () => html`${pair(choice({ label: t('consent.said'), name: 'decision', value: 'accepted', required: true, options: [['accepted', t('quote.accepts', { total: money(quote.total, quote.currency) })], ['declined', t('quote.declines')]] }),
      choice({ label: t('ticket.origin'), name: 'channel', value: 'phone', required: true, options: CHANNELS.map((one) => [one, term('origin', one)]) }))}${area({ label: t('consent.words'), name: 'note', required: true, maxlength: 2000 })}`,
    change: (values) => ({ ...values, ...(values.decision === 'accepted' ? { total: quote.total } : {}) }), done: desk.reload,
  });
}

/** Shows a quote as the customer has it, with what can be done with it now. */
function look(quote) {
  ask({
    title: `${quote.number} · ${term('quoteState', quote.state)}`, shape: 'wide',
    body: () => html`<table class="list"><thead><tr><th scope="col">${t('quote.what')}</th><th scope="col" class="num">${t('quote.quantity')}</th><th scope="col" class="num">${t('quote.price')}</th><th scope="col" class="num">${t('quote.amount')}</th></tr></thead>
      <tbody>${quote.lines.map((one) => html`<tr><td dir="auto">${one.text || one.part}</td><td class="num">${one.quantity}</td><td class="num">${money(one.price, quote.currency)}</td><td class="num">${money(one.amount, quote.currency)}</td></tr>`)}
        <tr><td colspan="3"><strong>${t('quote.total')}</strong></td><td class="num"><strong>${money(quote.total, quote.currency)}</strong></td></tr></tbody></table>
      ${facts([[t('quote.cause'), quote.cause], [t('quote.plan'), quote.plan], [t('quote.risk'), quote.risk], [t('quote.days'), quote.durationDays], [t('quote.fee'), quote.inspectionFee ? money(quote.inspectionFee, quote.currency) : null],
        [t('quote.until'), quote.validUntil && ago(quote.validUntil)], [t('quote.answer'), quote.decision && html`${quote.decision.via} · ${ago(quote.decision.at)} · <span dir="auto">${quote.decision.note}</span>`]])}`,
  });
}

/** A quote in the list of what hangs on the case. */
export function quoteLine(desk, quote, acts) {
  const send = () => atOnce(desk, () => api.post(`/quotes/${quote.id}/send`), t('quote.sent', { number: quote.number }));
  return html`<li>${icon('money')}<button class="link grow cut" @click=${() => look(quote)}>${quote.number} · ${money(quote.total, quote.currency)}</button>${badge('quoteState', quote.state)}
    ${acts?.quote && quote.state === 'draft' ? html`<button @click=${() => change(desk, quote)}>${t('quote.change')}</button><button class="primary" @click=${send}>${t('quote.send')}</button>` : nothing}
    ${acts?.quote && quote.state === 'sent' ? html`<button @click=${() => decide(desk, quote)}>${t('consent.answer')}</button>` : nothing}</li>`;
}
