import { html, nothing } from 'lit';
import { t, term } from '../../core/i18n.js';
import { area } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { filled } from '../../ui/edit.js';
import { partName } from './names.js';

const ID_SHOWN = 'id-shown';

/** The technical review of a draft: it may be dispatched, or the customer is asked first. */
export function reviewing({ one, kept, keep, busy, run, send }) {
  const decide = (decision, words) => (event) => {
    const text = event.target.closest('form').elements.text.value.trim();
    run(() => send('/review', filled({ decision, text })), words);
  };
  return html`<form class="stack" @input=${keep} @submit=${(event) => event.preventDefault()}>
    ${one.question ? html`<p class="row">${icon('wait')}<span>${t('review.waits')} <q dir="auto">${one.question}</q></span></p>` : nothing}
    ${area({ label: t('review.text'), name: 'text', value: kept.text, maxlength: 2000, hint: t('review.hint') })}
    <div class="row"><button type="button" class="primary big" data-do="approve" ?disabled=${busy} @click=${decide('approve', t('review.approved'))}>${icon('check')}${t('review.approve')}</button>
      <button type="button" class="big" data-do="ask" ?disabled=${busy} @click=${decide('ask', t('review.asked'))}>${t('review.ask')}</button></div>
  </form>`;
}

/** A reviewed draft waits for somebody to be sent. */
export function sending({ page }) {
  return html`<p class="muted">${t('send.hint')}</p>
    <div class="row"><button class="primary big" data-do="dispatch" @click=${() => page.dispatch()}>${icon('truck')}${t('send.do')}<kbd>D</kbd></button></div>`;
}

/** Whoever was sent says yes, or gives it back at once, so that somebody else is found in time. */
export function accepting({ busy, page, run, send }) {
  return html`<div class="row choose"><button class="primary big" data-do="accept" ?disabled=${busy} @click=${() => run(() => send('/accept'), t('order.accept.done'))}>${icon('check')}${t('order.accept')}</button>
    <button class="big" data-do="decline" ?disabled=${busy} @click=${() => page.giveBack()}>${t('order.decline')}</button></div>`;
}

const TOOL = 'tool ';

function asked(requisitions) {
  const wanted = requisitions.filter((one) => !['rejected', 'cancelled'].includes(one.state));
  return wanted.length ? wanted.map((one) => `${one.lines.map((line) => `${partName(line.part)} × ${line.quantity}`).join(', ')} (${term('requisitionState', one.state)})`).join('; ') : t('preparation.noparts');
}

/** One thing that must be ready, with what it is for this order. */
function readied(name, { requisitions }) {
  if (name.startsWith(TOOL)) return html`${term('prepare', 'tool')} <span class="mono">${name.slice(TOOL.length)}</span>`;
  return html`${term('prepare', name)}${name === 'parts' ? html`<span class="muted small">${asked(requisitions)}</span>` : nothing}`;
}

function confirming({ one, page, run }) {
  return html`<p class="row">${icon('calendar')}<span class="grow">${t('preparation.unconfirmed')}</span></p>
    <button class="primary big" data-do="confirm" @click=${() => page.appoint(() => run(() => Promise.resolve()))}>${icon('call')}${t('appointment.do')}</button>`;
}

/** What must be ready before somebody sets out; each tick is sent at once. */
export function preparing(hand) {
  const { one, value, busy, run, send } = hand;
  const items = Object.entries(one.preparation);
  const travels = one.type !== 'depot';
  const waits = travels && (items.some(([, done]) => !done) || !one.confirmedAt);
  const tick = (name) => (event) => run(() => send('/preparation', { items: { [name]: event.target.checked } }));
  return html`
    ${travels && !one.confirmedAt ? confirming(hand) : nothing}
    <ul class="ticks">${items.map(([name, done]) => html`<li><label><input type="checkbox" .checked=${done} ?disabled=${busy} @change=${tick(name)}><span>${readied(name, value)}</span></label></li>`)}</ul>
    <button class="primary big" data-do=${travels ? 'depart' : 'begin'} ?disabled=${busy || waits}
      @click=${() => run(() => send('/transitions', { to: travels ? 'en-route' : 'repairing' }), t(travels ? 'order.depart.done' : 'order.begin.done'))}>${icon(travels ? 'truck' : 'wrench')}${t(travels ? 'order.depart' : 'order.begin')}</button>
    ${waits ? html`<p class="muted small">${t(one.confirmedAt ? 'preparation.open' : 'preparation.open.time')}</p>` : nothing}`;
}

/** What a question of the settings is called here; one of the house's own is asked as it is written there. */
function asking(key, question) {
  const words = term('ask', key);
  return words === key.replaceAll('-', ' ') ? question : words;
}

/** The check-in at the customer's: each question of the settings has an answer; what is only done or not is ticked. */
export function arriving({ value, kept, keep, busy, submit, send }) {
  const questions = Object.entries(value.settings.arrival);
  const arrive = (values) => send('/arrival', { answers: Object.fromEntries(questions.map(([key]) => [key, values[key]])) });
  return html`<form class="stack" @input=${keep} @submit=${submit(arrive, t('arrival.done'))}>
    ${questions.map(([key, question]) => (key === ID_SHOWN ? html`<div class="ticks"><label><input type="checkbox" name=${key} value="yes" required ?checked=${kept[key] === 'yes'}><span>${t('arrival.id')}</span></label></div>`
      : area({ label: asking(key, question), name: key, value: kept[key], required: true, rows: 3, maxlength: 2000 })))}
    <button class="primary big" data-do="arrive" ?disabled=${busy}>${icon('building')}${t('arrival.do')}</button>
  </form>`;
}

/** There and checked in: the repair begins. */
export function beginning({ busy, run, send }) {
  return html`<button class="primary big" data-do="begin" ?disabled=${busy} @click=${() => run(() => send('/transitions', { to: 'repairing' }), t('order.begin.done'))}>${icon('wrench')}${t('order.begin')}</button>`;
}
