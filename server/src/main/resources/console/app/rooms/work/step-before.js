import { html, nothing } from 'lit';
import { t, term } from '../../core/i18n.js';
import { area, check, choice, field } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { filled } from '../../ui/edit.js';
import { appointmentDialog } from './appointment.js';

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

/** What must be ready before somebody sets out; each tick is sent at once. */
export function preparing({ one, busy, run, send }) {
  const items = Object.entries(one.preparation);
  const ready = items.every(([, done]) => done);
  const travels = one.type !== 'depot';
  const tick = (name) => (event) => run(() => send('/preparation', { items: { [name]: event.target.checked } }));
  return html`
    ${travels && !one.confirmedAt ? html`<div class="row"><span class="grow">${icon('calendar')} ${t('preparation.unconfirmed')}</span>
      <button class="big" data-do="confirm" @click=${() => appointmentDialog({ number: one.number, ...one.slot }, { done: () => run(() => Promise.resolve()) })}>${t('appointment.do')}</button></div>` : nothing}
    <ul class="ticks">${items.map(([name, done]) => html`<li><label><input type="checkbox" .checked=${done} ?disabled=${busy} @change=${tick(name)}><span>${term('prepare', name)}</span></label></li>`)}</ul>
    <button class="primary big" data-do=${travels ? 'depart' : 'begin'} ?disabled=${busy || (travels && (!ready || !one.confirmedAt))}
      @click=${() => run(() => send('/transitions', { to: travels ? 'en-route' : 'repairing' }), t(travels ? 'order.depart.done' : 'order.begin.done'))}>${icon(travels ? 'truck' : 'wrench')}${t(travels ? 'order.depart' : 'order.begin')}</button>`;
}

/** The check-in at the customer's: each question of the settings has an answer. */
export function arriving({ value, kept, keep, busy, submit, send }) {
  const questions = Object.entries(value.settings.arrival);
  const arrive = (values) => send('/arrival', { answers: Object.fromEntries(questions.map(([key]) => [key, values[key]])) });
  return html`<form class="stack" @input=${keep} @submit=${submit(arrive, t('arrival.done'))}>
    ${questions.map(([key, question]) => area({ label: term('ask', key) === key.replaceAll('-', ' ') ? question : term('ask', key), name: key, value: kept[key], required: true, rows: 2, maxlength: 2000 }))}
    <button class="primary big" data-do="arrive" ?disabled=${busy}>${icon('building')}${t('arrival.do')}</button>
  </form>`;
}

/** How the device of the workshop goes back to its owner. */
export function handingBack({ kept, keep, busy, submit, send, again }) {
  const shipped = kept.how === 'shipped';
  const back = (values) => send('/pickup', filled({
    how: values.how, recordChecked: 'recordChecked' in values, feesChecked: 'feesChecked' in values, amount: values.amount ? Number(values.amount) : undefined, tracking: values.tracking,
  }));
  return html`<form class="stack" @input=${(event) => { keep(event); again(); }} @submit=${submit(back, t('pickup.done'))}>
    ${choice({ label: t('pickup.how'), name: 'how', value: kept.how ?? 'picked-up', required: true, options: ['picked-up', 'shipped'].map((one) => [one, term('pickup', one)]) })}
    ${shipped ? field({ label: t('pickup.tracking'), name: 'tracking', value: kept.tracking, required: true, maxlength: 100 })
      : html`${check({ label: t('pickup.record.checked'), name: 'recordChecked', checked: 'recordChecked' in kept })}${check({ label: t('pickup.fees.checked'), name: 'feesChecked', checked: 'feesChecked' in kept })}`}
    ${field({ label: t('pickup.amount'), name: 'amount', type: 'number', min: 0, step: '0.01', value: kept.amount })}
    <button class="primary big" data-do="pickup" ?disabled=${busy}>${icon('done')}${t('pickup.do')}</button>
  </form>`;
}
