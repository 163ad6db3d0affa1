import { html, nothing } from 'lit';
import { href } from '../../core/router.js';
import { user } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { clock } from '../../ui/clock.js';
import { icon } from '../../ui/icons.js';
import { lastView } from './queue/views.js';
import { menu } from '../../ui/menu.js';
import { ago } from '../../ui/time.js';

/** Who and what the case is. */
export function headline(ticket) {
  return html`<div class="headline">
    <div class="crumb"><a href=${href('queue', lastView().view, lastView().query)}>${t('nav.queue')}</a> / <span class="mono">${ticket.number ?? ticket.id}</span></div>
    <h1>${ticket.title}</h1>
    <div class="row">
      ${badge('ticket', ticket.state)} ${badge('priority', ticket.priority)} ${badge('origin', ticket.origin)}
      <a class="row" href=${href('device', ticket.device)}>${icon('device')}<span class="mono">${ticket.device}</span></a>
      ${ticket.incident ? html`<a class="row" href=${href('incident', ticket.incident)}>${icon('bolt')}${t('fault.incident', { id: ticket.incident })}</a>` : nothing}
      <span class="row muted">${icon('person')}${ticket.owner ?? t('ticket.nobody')}</span>
      <span class="muted">${t('ticket.opened')} ${ago(ticket.openedAt)}</span>
      ${clock(ticket.nextClock)}
    </div>
  </div>`;
}

const FIRST = ['in-progress', 'resolved', 'verified', 'closed'];
const RARE = /^(waiting-|fix-scheduled$|cancelled$)/;

/** The steps that the server allows now: the usual one first, the others, and those kept in a menu. */
function moves(ticket) {
  const allowed = ticket.transitions ?? [];
  const first = FIRST.find((state) => allowed.includes(state)) ?? allowed[0];
  const others = allowed.filter((state) => state !== first);
  return { first, others: others.filter((state) => !RARE.test(state)), rare: others.filter((state) => RARE.test(state)) };
}

/** What can be done with the case now. It stays in view while the page scrolls. */
export function actionBar(ticket, { move, mine, assign }) {
  const { first, others, rare } = moves(ticket);
  return html`<div class="actionbar" role="toolbar" aria-label=${t('ticket.actions')}>
    ${ticket.owner === user.username ? nothing : html`<button data-do="mine" @click=${mine}>${icon('person')}${t('ticket.tome')}</button>`}
    <button class=${ticket.owner === user.username ? '' : 'plain'} data-do="assign" @click=${assign}>${t('ticket.assign')}</button>
    <span class="split"></span>
    ${first ? html`<button class="primary transition" data-to=${first} @click=${() => move(first)}>${term('do', first)}</button>` : html`<span class="muted">${t('ticket.nomoves')}</span>`}
    ${others.map((to) => html`<button data-to=${to} @click=${() => move(to)}>${term('do', to)}</button>`)}
    ${rare.length ? menu(t('ticket.more'), rare.map((to) => html`<button class=${to === 'cancelled' ? 'plain danger' : 'plain'} data-to=${to} @click=${() => move(to)}>${term('do', to)}</button>`)) : nothing}
  </div>`;
}
