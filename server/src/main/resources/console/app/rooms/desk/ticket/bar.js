import { html, nothing } from 'lit';
import { user } from '../../../core/session.js';
import { t, term } from '../../../core/i18n.js';
import { icon } from '../../../ui/icons.js';
import { menu } from '../../../ui/menu.js';

const FIRST = ['in-progress', 'resolved', 'verified', 'closed'];
/** How many steps stand beside the usual one; the others are a press further. */
const BESIDE = 2;
const RARE = /^(waiting-|fix-scheduled$|cancelled$)/;

/** The steps that the server allows now: the usual one first, the others, and those kept in a menu. */
export function steps(ticket) {
  const allowed = ticket.transitions ?? [];
  const first = FIRST.find((state) => allowed.includes(state)) ?? allowed[0];
  const others = allowed.filter((state) => state !== first);
  const usual = others.filter((state) => !RARE.test(state)).slice(0, BESIDE);
  return { first, others: usual, rare: others.filter((state) => !usual.includes(state)) };
}

const step = (to, move, kind = '') => html`<button class="${kind} ${to === 'cancelled' ? 'danger' : ''}" data-to=${to} @click=${() => move(to)}>${term('do', to)}</button>`;

/**
 * What can be done with the case now; it stays in view while the page scrolls. `acts` are those that this person may do: `fix` with its `fixState`, `mine`,
 * `assign`, `move`, and `more`, `[icon, words, run]` of each, in groups.
 */
export function actionBar(ticket, { fix, running, mine, assign, move, more, papers }) {
  const { first, others, rare } = steps(ticket);
  return html`<div class="actionbar" role="toolbar" aria-label=${t('ticket.actions')}>
    ${fix ? html`<button class="primary" data-do="fix" @click=${fix}>${icon('bolt')}${t(running ? 'fix.watch' : 'fix.run')}<kbd>X</kbd></button><span class="split"></span>` : nothing}
    ${mine && ticket.owner !== user.username ? html`<button data-do="mine" @click=${mine}>${icon('person')}${t('ticket.tome')}<kbd>I</kbd></button>` : nothing}
    ${assign ? html`<button data-do="assign" @click=${assign}>${icon('people')}${t('ticket.assign')}<kbd>A</kbd></button>` : nothing}
    <span class="split"></span>
    ${move ? html`${first ? html`<button class="transition ${fix ? '' : 'primary'}" data-to=${first} @click=${() => move(first)}>${term('do', first)}</button>` : html`<span class="muted">${t('ticket.nomoves')}</span>`}
      ${others.map((to) => step(to, move))}${rare.length ? menu(t('ticket.more'), rare.map((to) => step(to, move, 'plain'))) : nothing}` : nothing}
    <span class="right"></span>
    ${papers.length ? menu(html`${icon('print')}${t('ticket.papers')}`, papers.map(([shape, words, where]) => (typeof where === 'string'
      ? html`<a class="button plain start" href=${where} target="_blank" rel="noopener">${icon(shape)}${words}</a>` : html`<button class="plain start" @click=${where}>${icon(shape)}${words}</button>`))) : nothing}
    ${more.length ? menu(html`${icon('plus')}${t('ticket.do')}`, more.map((group, index) => html`${index ? html`<hr>` : nothing}${group.map(([shape, words, run]) => html`<button class="plain start" @click=${run}>${icon(shape)}${words}</button>`)}`)) : nothing}
  </div>`;
}
