import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { t, term } from '../../core/i18n.js';
import { area, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { partName } from './names.js';

const MINUTE_MS = 60_000;
const GIVEN_OUT = ['issued', 'received', 'used'];

/** The parts that were given out for the case: `{requisition, state, part, left, used}`. */
function givenOut({ requisitions }) {
  return requisitions.filter((one) => GIVEN_OUT.includes(one.state))
    .flatMap((one) => one.lines.map((line) => ({ requisition: one.id, state: one.state, part: line.part, used: line.used, left: line.quantity - line.used - line.returned })))
    .filter((one) => one.used + one.left > 0);
}

const nameOf = (one) => `${one.requisition}:${one.part}`;

function agreed(consents, part) {
  return consents.findLast((one) => one.part === part)?.state === 'granted';
}

function partRow(one, { kept, value }) {
  const name = nameOf(one);
  return html`<fieldset class="partrow">
    <legend><span dir="auto">${partName(one.part)}</span> <span class="mono muted small">${one.part}</span> <span class="right muted small">RQ-${one.requisition} · ${term('requisitionState', one.state)}</span></legend>
    ${pair(field({ label: t('repair.fitted'), name: `quantity ${name}`, type: 'number', min: one.used, max: one.used + one.left, value: kept[`quantity ${name}`] ?? String(one.used), hint: t('repair.available', { left: one.left }) }),
      field({ label: t('repair.serial'), name: `serial ${name}`, value: kept[`serial ${name}`], maxlength: 64, hint: t('repair.serial.hint') }))}
    ${agreed(value.consents, one.part) ? badgeAgreed() : html`<label class="row check"><input type="checkbox" name=${`agreed ${name}`} ?checked=${`agreed ${name}` in kept}><span>${t('repair.agrees')}</span></label>`}
  </fieldset>`;
}

function badgeAgreed() {
  return html`<span class="badge good">${icon('check')}${t('repair.agreed')}</span>`;
}

/**
 * Fits the parts that the form says and that are not fitted yet by the books, which are read anew: a try before this one may have got that far. The stock
 * moves with each. What the customer said just now is written down first, and parts that are still on their way are taken in hand.
 */
async function fit(parts, values, { value }) {
  const fitted = [];
  for (const one of parts) {
    const name = nameOf(one);
    const quantity = Number(values[`quantity ${name}`] || 0);
    const serial = values[`serial ${name}`]?.trim() || undefined;
    if (quantity > 0) fitted.push({ part: one.part, quantity, serial });
    const now = await api.get(`/requisitions/${one.requisition}`);
    const missing = quantity - now.lines.find((line) => line.part === one.part).used;
    if (missing <= 0) continue;
    if (`agreed ${name}` in values && !agreed(value.consents, one.part)) await api.post(`/tickets/${value.ticket.id}/consents`, { part: one.part, granted: true, channel: 'on-site', note: t('repair.heard', { number: value.one.number }) });
    if (now.state === 'issued') await api.post(`/requisitions/${one.requisition}/transitions`, { to: 'received' });
    await api.post(`/requisitions/${one.requisition}/fittings`, { part: one.part, quantity: missing, serial });
  }
  return fitted;
}

function record(values, parts) {
  return { symptom: values.symptom, process: values.process, result: values.result, minutes: Number(values.minutes), travelMinutes: Number(values.travelMinutes || 0), parts };
}

/** How long something took so far, as a help to who writes it down. */
function since(from, until, words) {
  return from && until ? t(words, { minutes: Math.max(1, Math.round((new Date(until) - new Date(from)) / MINUTE_MS)) }) : undefined;
}

/** The repair record, with the parts that were fitted. Saved, the test follows. */
export function repairing(hand) {
  const { one, value, kept, keep, busy, submit, send, run } = hand;
  const parts = givenOut(value);
  const was = one.repair ?? {};
  const save = async (values) => {
    await send('/repair', record(values, await fit(parts, values, hand)), 'put');
    await send('/transitions', { to: 'testing' });
  };
  return html`<form class="stack" @input=${keep} @submit=${submit(save, t('repair.done'))}>
    ${area({ label: t('repair.symptom'), name: 'symptom', value: kept.symptom ?? was.symptom, required: true, rows: 2, maxlength: 4000, hint: t('repair.symptom.hint') })}
    ${area({ label: t('repair.process'), name: 'process', value: kept.process ?? was.process, required: true, rows: 2, maxlength: 4000, hint: t('repair.process.hint') })}
    <h3>${t('repair.parts')}</h3>
    ${parts.length ? parts.map((part) => partRow(part, hand)) : html`<p class="muted">${t('repair.noparts')}</p>`}
    <button type="button" class="big" data-do="parts" @click=${() => hand.page.askParts()}>${icon('box')}${t('requisitionnew.title')}</button>
    ${pair(field({ label: t('repair.minutes'), name: 'minutes', type: 'number', min: 0, max: 10080, required: true, value: kept.minutes ?? was.minutes, hint: since(one.arrivedAt, Date.now(), 'repair.sofar') }),
      one.type === 'depot' ? nothing : field({ label: t('repair.travel'), name: 'travelMinutes', type: 'number', min: 0, max: 10080, value: kept.travelMinutes ?? was.travelMinutes, hint: since(one.departedAt, one.arrivedAt, 'repair.oneway') }))}
    ${area({ label: t('repair.result'), name: 'result', value: kept.result ?? was.result, required: true, rows: 2, maxlength: 4000 })}
    <div class="row"><button class="primary big" data-do="repair" ?disabled=${busy}>${icon('check')}${t('repair.do')}</button>
      ${one.repair ? html`<button type="button" class="big" data-do="totest" ?disabled=${busy} @click=${() => run(() => send('/transitions', { to: 'testing' }), t('repair.totest.done'))}>${t('repair.totest')}</button>` : nothing}</div>
  </form>`;
}
