import { html, nothing } from 'lit';
import { ref, createRef } from 'lit/directives/ref.js';
import { t } from '../../core/i18n.js';
import { icon } from '../../ui/icons.js';
import { attachAll } from './files.js';
import './signature.js';

const CHECKS_MAX = 200;
const FIELDS = ['name', 'value', 'limit'];

function rowsOf(kept) {
  return Math.max(1, Number(kept.rows ?? 1));
}

function checkRow(i, kept) {
  const verdict = kept[`passed${i}`] ?? '';
  return html`<fieldset class="testrow"><legend class="unseen">${t('checks.check', { number: i + 1 })}</legend>
    ${FIELDS.map((name) => html`<label class="field"><span>${t(`checks.${name}`)}</span><input name=${name + i} .value=${kept[name + i] ?? ''} ?required=${name !== 'limit'} maxlength=${name === 'name' ? 200 : 500} autocomplete="off" dir="auto"></label>`)}
    <div class="row verdict" role="radiogroup" aria-label=${t('checks.passed')}>
      ${['yes', 'no'].map((one) => html`<label class="button"><input type="radio" name=${`passed${i}`} value=${one} required ?checked=${verdict === one}>${t(`checks.${one}`)}</label>`)}</div>
  </fieldset>`;
}

function checksOf(values, count) {
  return Array.from({ length: count }, (_, i) => ({
    name: values[`name${i}`], value: values[`value${i}`], limit: values[`limit${i}`] || undefined, passed: values[`passed${i}`] === 'yes',
  }));
}

/** The functional test: named checks with what was measured. A test that passed lets the order be finished; one that failed leads back to the repair. */
export function testing(hand) {
  const { one, value, kept, keep, busy, submit, send, again } = hand;
  if (one.test) return verdict(hand);
  const count = rowsOf(kept);
  const rows = (event, next) => {
    const form = event.target.closest('form');
    form.elements.rows.value = next;
    form.dispatchEvent(new Event('input'));
    again();
  };
  return html`<form class="stack" @input=${keep} @submit=${submit((values) => send('/test', { checks: checksOf(values, count) }), t('checks.done'))}>
    <input type="hidden" name="rows" .value=${String(count)}>
    ${asBefore(value.before, hand)}
    ${Array.from({ length: count }, (_, i) => checkRow(i, kept))}
    <div class="row"><button type="button" ?disabled=${count >= CHECKS_MAX} @click=${(event) => rows(event, count + 1)}>${icon('plus')}${t('checks.add')}</button>
      ${count > 1 ? html`<button type="button" class="plain" @click=${(event) => rows(event, count - 1)}>${t('checks.remove')}</button>` : nothing}</div>
    <button class="primary big" data-do="test" ?disabled=${busy}>${icon('check')}${t('checks.do')}</button>
  </form>`;
}

/** Offers the checks of the last order on such a device, as long as nothing was typed: their names and limits, not what was measured. */
function asBefore(before, { kept, put }) {
  if (!before || Object.entries(kept).some(([name, text]) => name !== 'rows' && text)) return nothing;
  const { checks } = before.test;
  const take = () => put({ rows: String(checks.length), ...Object.fromEntries(checks.flatMap((one, i) => [[`name${i}`, one.name], [`limit${i}`, one.limit ?? '']])) });
  return html`<button type="button" class="big" data-do="before" @click=${take}>${icon('table')}${t('checks.before', { number: before.number, count: checks.length })}</button>`;
}

/** Finishes the order; what the customer signed is filed with the case first. */
async function finish({ one, value, send }, pad) {
  const signed = await pad?.picture(t('signature.file', { number: one.number }));
  if (signed) await attachAll(value.ticket.id, [signed]);
  await send('/transitions', { to: 'done' });
}

function verdict(hand) {
  const { one, busy, run, send } = hand;
  const back = html`<button class="big" data-do="back" ?disabled=${busy} @click=${() => run(() => send('/transitions', { to: 'repairing' }), t('order.back.done'))}>${icon('wrench')}${t('order.back')}</button>`;
  if (!one.test.passed) return html`<p class="row tone-critical">${icon('error')}${t('checks.bad')}</p><div class="row">${back}</div>`;
  const pad = createRef();
  return html`<p class="row tone-good">${icon('done')}${t('checks.good')}</p>
    ${one.type === 'depot' ? nothing : html`<ac-signature ${ref(pad)}></ac-signature>`}
    <div class="row choose"><button class="primary big" data-do="finish" ?disabled=${busy} @click=${() => run(() => finish(hand, pad.value), t('order.finish.done'))}>${icon('done')}${t('order.finish')}</button>${back}</div>`;
}
