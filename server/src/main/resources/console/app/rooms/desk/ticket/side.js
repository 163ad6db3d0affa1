import { html, nothing } from 'lit';
import { href } from '../../../core/router.js';
import { day } from '../../../core/format.js';
import { lang, t, term } from '../../../core/i18n.js';
import { badge } from '../../../ui/badges.js';
import { card } from '../../../ui/card.js';
import { facts } from '../../../ui/facts.js';
import { icon } from '../../../ui/icons.js';
import { show } from '../../../ui/states.js';
import { ago } from '../../../ui/time.js';
import { isConnected } from '../../device/device-read.js';
import { caseTitle } from '../case-title.js';
import { retold } from './says.js';

const said = (text) => text && html`<span class="said-plain" dir="auto">${text}</span>`;

/** The root cause; that a firmware was the cure is said in the reader's language. */
function cause({ rootCause, fix }) {
  return fix?.version && rootCause === `Fixed by firmware ${fix.version}` ? t('says.transition.fixed', { version: fix.version }) : rootCause;
}

/** What was reported, and what was found to be behind it. */
export function reportCard(ticket) {
  const all = [
    [t('ticket.symptom'), ticket.symptom !== ticket.title && said(ticket.symptom)],
    [t('ticket.description'), said(retold(ticket.description, ticket))],
    [t('ticket.purchased'), ticket.purchased && day(ticket.purchased)],
    [t('ticket.proof.purchase'), said(ticket.proof)],
    [t('ticket.damage'), said(ticket.damage)],
    [t('ticket.followup'), ticket.followUp && day(ticket.followUp)],
    [t('ticket.rootcause'), said(cause(ticket))],
    [t('ticket.proof'), said(retold(ticket.verification, ticket))],
    [t('ticket.feedback'), said(ticket.feedback)],
    [t('ticket.improvement'), said(ticket.improvement)],
  ];
  return all.some(([, value]) => value) ? card(t('ticket.report'), facts(all)) : nothing;
}

export function deviceCard(ticket, load) {
  if (!ticket.device || ticket.matched === false) return nothing;
  return card(t('ticket.device'), show(load, ({ device, product }) => facts([
    [t('device.id'), html`<span class="mono">${ticket.device}</span>`],
    [t('device.model'), html`${device.model}${product.name ? html` <span class="muted">${product.name}</span>` : nothing}`],
    [t('device.firmware'), device.firmware && html`<span class="mono">${device.firmware}</span>`],
    [t('device.link'), isConnected(device) ? badge('device', 'online') : html`${badge('device', 'offline')} <span class="muted">${t('device.seen')} ${ago(device.lastSeen)}</span>`],
    [t('device.state'), device.state && device.state !== 'active' ? badge('device', device.state) : null],
    [t('device.region'), [device.region, device.outlet].filter(Boolean).join(' · ')],
    [t('ticket.customer'), device.customer && html`<span class="mono small">${device.customer}</span>`],
  ])), { extra: html`<a class="right" href=${href('device', ticket.device)}>${t('device.open')}</a>` });
}

export function contactCard({ contact }) {
  const { name, phone, email } = contact ?? {};
  if (!name && !phone && !email) return nothing;
  return card(t('ticket.contact'), facts([
    [t('contact.name'), name && html`<span dir="auto">${name}</span>`],
    [t('contact.phone'), phone && html`<a href="tel:${phone.replaceAll(' ', '')}">${phone}</a>`],
    [t('contact.email'), email && html`<a href="mailto:${email}">${email}</a>`],
  ]));
}

/** The name of a policy that comes with the backend; of any other its id. */
function policy(id) {
  const key = `covered.by.${id}`;
  const words = t(key);
  return words === key ? id : words;
}

/** What the device may claim, why, and what is suggested. */
export function entitlementCard({ entitlement: it }) {
  if (!it) return nothing;
  const speak = (one) => one?.[lang()] ?? one?.en;
  const remedies = (it.guarantees ?? []).filter((one) => one.open).map((one) => `${term('remedy', one.remedy)} (${day(one.until)})`);
  return card(t('covered.title'), html`${facts([
    [t('covered.policy'), it.policy && html`<span title=${it.policy}>${policy(it.policy)}</span> <span class="muted">v${it.policyVersion}</span>`],
    [t('covered.until'), it.until && day(it.until)],
    [t('covered.open'), remedies.join(', ')],
  ])}<ul class="reasons">${(it.reasons ?? []).map((one) => html`<li>${speak(one)}</li>`)}${(it.needs ?? []).map((one) => html`<li class="tone-warning">${speak(one) ?? one}</li>`)}</ul>
  ${it.suggestion ? html`<p class="notice info">${icon('info')}<span>${speak(it.suggestion)}</span></p>` : nothing}`,
  { extra: html`<span class="right">${badge('covered', it.covered ? 'yes' : 'no')}</span>` });
}

const caseLine = (one, kind) => html`<li><a class="grow cut" dir="auto" title=${one.title} href=${href('tickets', one.id)}><span class="mono">${one.number}</span> ${caseTitle(one)}</a><span class="muted small">${kind}</span>${badge('ticket', one.state)}</li>`;

/** Cases that belong to this one, and what the device or its customer had before. */
export function casesCard(ticket, unlink) {
  const links = ticket.links ?? [];
  const history = ticket.history ?? [];
  if (!links.length && !history.length) return nothing;
  return card(t('ticket.cases'), html`<ul class="mini">
    ${links.map((one) => html`<li><a class="grow cut" dir="auto" title=${one.title} href=${href('tickets', one.id)}><span class="mono">${one.number}</span> ${caseTitle(one)}</a><span class="muted small">${term('linkKind', one.kind)}</span>${badge('ticket', one.state)}
      ${unlink ? html`<button class="plain square" aria-label=${t('ticket.link.remove', { number: one.number })} @click=${() => unlink(one)}>${icon('close')}</button>` : nothing}</li>`)}
    ${history.map((one) => caseLine(one, t(`history.${one.because}`)))}</ul>`);
}

/** What helped in cases like this one, and what was written about it. */
export function similarCard({ similar, articles }) {
  if (!similar?.length && !articles?.length) return nothing;
  return card(t('similar.title'), html`<ul class="mini">
    ${(similar ?? []).map((one) => html`<li class="tall"><div class="grow"><strong dir="auto">${one.cause}</strong><div class="small" dir="auto">${one.remedy}</div><div class="muted small">${(one.tickets ?? []).slice(0, 4).map((id) => html`<a class="mono" href=${href('tickets', id)}>${id}</a> `)}</div></div>
      <span class="badge ${one.rate >= 0.5 ? 'good' : ''}">${t('similar.held', { worked: one.worked, tried: one.tried })}</span></li>`)}
    ${(articles ?? []).map((one) => html`<li>${icon('book')}<a class="grow cut" dir="auto" href=${href('article', one.id)}>${one[lang()] || one.en || one.zh}</a>${one.used ? html`<span class="badge good">${t('article.used')}</span>` : nothing}</li>`)}</ul>`);
}
