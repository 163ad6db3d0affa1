import { html, nothing } from 'lit';
import { api } from '../../../core/api.js';
import { lang, t, term } from '../../../core/i18n.js';
import { badge } from '../../../ui/badges.js';
import { ask } from '../../../ui/dialog.js';
import { act } from '../../../ui/edit.js';
import { area, check, choice, field, pair } from '../../../ui/field.js';
import { icon } from '../../../ui/icons.js';
import { ago } from '../../../ui/time.js';
import { change, path } from './act.js';
import { request } from './drawer.js';

const PURPOSES = ['action', 'data', 'shell'];
const CHANNELS = ['phone', 'mail', 'walk-in', 'on-site', 'social', 'app'];

/** Asks the customer to allow one or several things from afar. */
export function askConsent(desk) {
  ask({
    title: t('consent.request'),
    confirm: t('consent.request'),
    body: () => html`<fieldset class="checks"><legend>${t('consent.for')}</legend>${PURPOSES.map((one) => check({ label: term('purpose', one), name: `for-${one}`, checked: one === 'action' }))}</fieldset>
      ${area({ label: t('consent.why'), name: 'why', required: true, maxlength: 500, hint: t('consent.why.hint'), value: t('consent.why.usual', { device: desk.ticket.device, title: desk.ticket.title }) })}`,
    submit: (values) => request(desk, values.why, PURPOSES.filter((one) => values[`for-${one}`])),
  });
}

/** Writes down what the customer said by another way than the page of the case. */
function answer(desk, consent) {
  act({
    title: t('consent.answer.title', { purpose: term('purpose', consent.purpose) }),
    path: `${path(desk)}/remote-consents/${consent.id}/answer`,
    etag: `"${consent.version}"`,
    confirm: t('action.save'),
    body: () => html`${pair(choice({ label: t('consent.said'), name: 'given', value: 'yes', required: true, options: [['yes', t('consent.said.yes')], ['no', t('consent.said.no')]] }),
      choice({ label: t('ticket.origin'), name: 'channel', value: 'phone', required: true, options: CHANNELS.map((one) => [one, term('origin', one)]) }))}
      ${area({ label: t('consent.words'), name: 'note', required: true, maxlength: 1000, hint: t('consent.words.hint') })}`,
    change: ({ given, channel, note }) => ({ given: given === 'yes', channel, note, language: lang() }),
    words: t('consent.written'),
    done: desk.reload,
  });
}

function withdraw(desk, consent) {
  act({
    title: t('consent.withdraw.title'), path: `${path(desk)}/remote-consents/${consent.id}/withdraw`, etag: `"${consent.version}"`, confirm: t('consent.withdraw'), danger: true,
    body: () => field({ label: t('ticket.reason'), name: 'note', required: true, maxlength: 1000 }), done: desk.reload,
  });
}

/** How it stands with what the customer allows from afar, the newest question of each purpose. */
export function consentCard(desk, may) {
  const newest = PURPOSES.map((purpose) => (desk.ticket.remoteConsents ?? []).filter((one) => one.purpose === purpose).at(-1)).filter(Boolean);
  const parts = desk.ticket.consents ?? [];
  if (!newest.length && !parts.length) return nothing;
  return html`<section class="card">
    <header><h2>${t('consent.title')}</h2></header>
    <ul class="body mini">${newest.map((one) => html`<li class="tall"><div class="grow"><div class="row"><strong>${term('purpose', one.purpose)}</strong>${badge('consent', one.state)}</div>
        <div class="muted small">${one.at ? html`${one.via === 'page' ? t('consent.bypage') : term('origin', one.via)} · ${ago(one.at)}${one.note ? html` · <span dir="auto">“${one.note}”</span>` : nothing}` : html`${one.askedBy} · ${ago(one.askedAt)}`}</div></div>
        ${may && one.state === 'asked' ? html`<button @click=${() => answer(desk, one)}>${t('consent.answer')}</button>` : nothing}
        ${may && ['asked', 'given'].includes(one.state) ? html`<button class="plain square" aria-label=${t('consent.withdraw')} title=${t('consent.withdraw')} @click=${() => withdraw(desk, one)}>${icon('undo')}</button>` : nothing}</li>`)}
      ${parts.map((one) => html`<li><span class="grow mono">${one.part}</span>${badge('consent', one.state)}<span class="muted small">${ago(one.at)}</span></li>`)}</ul>
  </section>`;
}

/** Asks whether a part may be replaced. */
export function askPart(desk) {
  ask({
    title: t('consent.part'),
    confirm: t('consent.request'),
    body: () => html`${field({ label: t('service.part'), name: 'part', required: true, maxlength: 64 })}${area({ label: t('consent.why'), name: 'why', required: true, maxlength: 1000 })}`,
    submit: (values) => change(desk, (where) => api.post(`${where}/consents/requests`, values)),
  });
}
