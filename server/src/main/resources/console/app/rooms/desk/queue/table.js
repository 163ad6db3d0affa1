import { html, nothing } from 'lit';
import { go, href } from '../../../core/router.js';
import { t, term } from '../../../core/i18n.js';
import { badge } from '../../../ui/badges.js';
import { icon } from '../../../ui/icons.js';
import { rowClick } from '../../../ui/list.js';
import { ago } from '../../../ui/time.js';
import { caseTitle } from '../case-title.js';
import '../due.js';

const nobody = () => html`<span class="muted">–</span>`;

/** The columns that a reader may choose from, each with how it shows a ticket. */
const CELLS = {
  device: (one) => html`<td class="cut"><a class="mono" href=${href('device', one.device)}>${one.device}</a><div class="sub"><span class="cut">${one.about?.model}</span></div></td>`,
  customer: (one) => html`<td class="cut">${one.about?.grade ? badge('grade', one.about.grade) : nobody()}<div class="sub"><span class="cut mono">${one.about?.customer}</span></div></td>`,
  region: (one) => html`<td class="cut">${one.about?.region ?? nobody()}</td>`,
  state: (one) => html`<td class="nowrap">${badge('ticket', one.state)}${one.snoozedUntil ? html`<div class="sub">${icon('bell')}${ago(one.snoozedUntil)}</div>` : nothing}</td>`,
  origin: (one) => html`<td class="nowrap">${badge('origin', one.origin)}</td>`,
  owner: (one) => html`<td class="cut">${one.owner ?? html`<span class="muted">${t('ticket.nobody')}</span>`}</td>`,
  clock: (one) => html`<td class="nowrap"><ac-due .clock=${one.nextClock}></ac-due></td>`,
  opened: (one) => html`<td class="muted nowrap">${ago(one.openedAt)}</td>`,
};
export const COLUMNS = Object.keys(CELLS);
const USUAL = ['device', 'customer', 'state', 'owner', 'clock', 'opened'];

/** The columns of a view, unless the reader chose others: whose the tickets are is not said where it is the same for all. */
export const usual = (view) => USUAL.filter((name) => name !== 'owner' || !['mine', 'unassigned'].includes(view));

function marks(ticket) {
  return html`${ticket.origin === 'proactive' ? html`<span class="row nowrap tone-proactive" title=${term('origin', 'proactive')}>${icon('pulse')}<span class="unseen">${term('origin', 'proactive')}</span></span>` : nothing}
    ${ticket.escalation ? html`<span class="row nowrap tone-critical">${icon('bolt')}${t('ticket.escalated')}</span>` : nothing}
    ${ticket.dispatch ? html`<span class="row nowrap tone-warning">${icon('truck')}${t('dispatch.title')}</span>` : nothing}
    ${(ticket.tags ?? []).map((one) => html`<span class="tag" dir="auto">${one}</span>`)}
    ${ticket.reopened ? html`<span class="row nowrap">${icon('retry')}${t('ticket.again', { count: ticket.reopened })}</span>` : nothing}`;
}

/** A row of the queue. `choose(id, range)` is called where its box is ticked. */
export function row(ticket, { cursor, selection, columns, choosable }) {
  const chosen = selection.has(ticket.id);
  return html`<tr class="${cursor.mark(ticket.id)} ${ticket.gone ? 'gone' : ''} ${chosen ? 'chosen' : ''}" data-id=${ticket.id} @click=${rowClick(() => go('tickets', ticket.id))}>
    ${choosable ? html`<td class="tick"><input type="checkbox" aria-label=${t('queue.choose', { number: ticket.number })} .checked=${chosen} @click=${(event) => selection.toggle(ticket.id, event.shiftKey)}></td>` : nothing}
    <td class="nowrap">${badge('priority', ticket.priority)}</td>
    <td class="wide">
      <a class="title clip" dir="auto" title=${ticket.title} href=${href('tickets', ticket.id)}>${caseTitle(ticket)}</a>
      <div class="sub"><span class="mono">${ticket.number}</span>${ticket.faultCode ? html`<span class="mono cut">${ticket.faultCode}</span>` : nothing}${marks(ticket)}</div>
    </td>
    ${columns.map((name) => CELLS[name](ticket))}
  </tr>`;
}

export function head({ columns, selection, count, choosable }) {
  const all = count > 0 && selection.size >= count;
  return html`<tr>${choosable ? html`<th scope="col" class="tick"><input type="checkbox" aria-label=${t('queue.all')} .checked=${all} .indeterminate=${selection.size > 0 && !all}
      @click=${() => (selection.size ? selection.clear() : selection.all())}></th>` : nothing}
    ${['priority', 'title', ...columns].map((name) => html`<th scope="col">${t(`ticket.${name}`)}</th>`)}</tr>`;
}
