import { html, nothing } from 'lit';
import { href } from '../../../core/router.js';
import { caseNumber } from '../../../core/format.js';
import { lang, t, term } from '../../../core/i18n.js';
import { badge } from '../../../ui/badges.js';
import { icon } from '../../../ui/icons.js';
import { ago } from '../../../ui/time.js';
import { lastView } from '../queue/views.js';
import { caseTitle } from '../case-title.js';
import { escalated, said } from './says.js';
import '../due.js';
import './presence.js';

const OVER = ['resolved', 'verified', 'closed', 'cancelled'];

/** In a word whether the device is covered, with the newest reason for it. */
function entitlement({ entitlement: it }) {
  if (!it) return nothing;
  const why = (it.reasons ?? []).map((one) => one[lang()] ?? one.en).join(' · ');
  return html`<span class="badge ${it.covered ? 'good' : 'warning'}" title=${why}>${icon(it.covered ? 'check' : 'money')}${t(it.covered ? 'covered.yes' : 'covered.no')}</span>`;
}

/** The clocks that run or ran out, each by its name, the first to end before the others. */
function clocks({ clocks: all, state }) {
  const shown = (all ?? []).filter((one) => ['running', 'paused', 'breached'].includes(one.state) && (one.due || one.state === 'paused'));
  if (!shown.length || OVER.includes(state)) return nothing;
  return html`<ul class="clocks" aria-label=${t('ticket.clocks')}>${shown.sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9')).map((one) => html`<li>
    ${one.due ? html`<ac-due .clock=${one}></ac-due>` : html`<span class="due muted">${icon('wait')}<span class="grow"><b>${term('clock', 'paused')}</b> <span class="small">${term('clock', one.type)}</span></span></span>`}</li>`)}</ul>`;
}

/** Who and what the case is. */
export function headline(ticket) {
  const { view, query } = lastView();
  return html`<div class="headline">
    <div class="crumb"><a href=${href('queue', view, query)}>${t('nav.queue')}</a> / <span class="mono">${ticket.number}</span><span class="right"></span><ac-presence .ticketId=${ticket.id}></ac-presence></div>
    <h1 dir="auto" title=${ticket.title}>${caseTitle(ticket)}</h1>
    <div class="row">
      ${badge('ticket', ticket.state)} ${badge('priority', ticket.priority)} ${badge('origin', ticket.origin)} ${ticket.type ? html`<span class="badge">${term('caseType', ticket.type)}</span>` : nothing} ${entitlement(ticket)}
      ${ticket.device ? html`<a class="row" href=${href('device', ticket.device)}>${icon('device')}<span class="mono">${ticket.device}</span></a>` : nothing}
      ${ticket.incident ? html`<a class="row" href=${href('incident', ticket.incident)}>${icon('bolt')}${t('fault.incident', { id: ticket.incident })}</a>` : nothing}
      <span class="row ${ticket.owner ? '' : 'muted'}">${icon('person')}${ticket.owner ?? t('ticket.nobody')}</span>
      <span class="muted">${t('ticket.opened')} ${ago(ticket.openedAt)}</span>
      ${(ticket.tags ?? []).map((one) => html`<span class="tag" dir="auto">${one}</span>`)}
      ${ticket.reopened ? html`<span class="tone-warning">${t('ticket.again', { count: ticket.reopened })}</span>` : nothing}
    </div>
    ${clocks(ticket)}
  </div>`;
}

function notice(tone, shape, words, extra = nothing) {
  return html`<div class="notice ${tone}" role="status">${icon(shape)}<div class="grow">${words}</div>${extra}</div>`;
}

/** Why somebody is to be sent, as the newest entry about it says. */
function sent(ticket) {
  const entry = (ticket.timeline ?? []).findLast((one) => one.kind === 'dispatch');
  return entry ? said(entry, ticket).text : ticket.dispatch.why;
}

/** What everybody who opens the case has to know before anything else. */
export function notices(ticket, { wake, unmerge, match, acknowledge }) {
  const { escalation, snoozedUntil, mergedInto, dispatch } = ticket;
  return html`${mergedInto ? notice('info', 'link', html`${t('ticket.merged')} <a href=${href('tickets', mergedInto)}>${caseNumber(mergedInto)}</a>`, unmerge && html`<button @click=${unmerge}>${t('ticket.unmerge')}</button>`) : nothing}
    ${snoozedUntil ? notice('info', 'bell', html`${t('ticket.snoozed')} ${ago(snoozedUntil)}`, wake && html`<button @click=${wake}>${t('ticket.wake')}</button>`) : nothing}
    ${ticket.matched === false ? notice('warning', 'device', t('ticket.unmatched', { serial: ticket.serial || ticket.device || '–' }), match && html`<button @click=${match}>${t('ticket.match.do')}</button>`) : nothing}
    ${escalation ? notice('critical', 'bolt', html`<strong>${t('ticket.escalated.to', { role: term('role', escalation.to), by: escalation.by === 'system' ? t('thread.system') : escalation.by })}</strong> ${ago(escalation.at)} · <span dir="auto">${escalated(escalation)}</span>
      ${escalation.acknowledgedBy ? html`<span class="muted">· ${t('ticket.acknowledged', { by: escalation.acknowledgedBy })}</span>` : nothing}`,
      acknowledge && !escalation.acknowledgedBy ? html`<button @click=${acknowledge}>${t('ticket.acknowledge')}</button>` : nothing) : nothing}
    ${dispatch ? notice('warning', 'truck', html`<strong>${t('dispatch.title')}</strong> <span dir="auto">${sent(ticket)}</span>`) : nothing}`;
}
