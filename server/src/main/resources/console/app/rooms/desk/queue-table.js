import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { go, href } from '../../core/router.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { clock } from '../../ui/clock.js';
import { rowClick } from '../../ui/list.js';
import { ago } from '../../ui/time.js';

function row(ticket, cursor) {
  return html`<tr class="${cursor.mark(ticket.id)} ${ticket.gone ? 'gone' : ''}" @click=${rowClick(() => go('tickets', ticket.id))}>
    <td class="nowrap">${badge('priority', ticket.priority)}</td>
    <td class="wide">
      <a class="title" href=${href('tickets', ticket.id)}>${ticket.title}</a>
      <div class="sub mono"><span>${ticket.number ?? ticket.id}</span><a href=${href('device', ticket.device)}>${ticket.device}</a></div>
    </td>
    <td class="nowrap">${badge('ticket', ticket.state)}</td>
    <td class="nowrap">${badge('origin', ticket.origin)}</td>
    <td class="cut">${ticket.owner ?? html`<span class="muted">${t('ticket.nobody')}</span>`}</td>
    <td>${clock(ticket.nextClock) ?? html`<span class="muted">–</span>`}</td>
    <td class="muted">${ago(ticket.openedAt)}</td>
  </tr>`;
}

/** The rows of the queue; the server's order is kept. */
export function queueTable(tickets, cursor) {
  const heads = ['priority', 'title', 'state', 'origin', 'owner', 'clock', 'opened'];
  return html`<div class="scroll-x"><table class="list">
    <thead><tr>${heads.map((head) => html`<th scope="col">${t(`ticket.${head}`)}</th>`)}</tr></thead>
    <tbody>${repeat(tickets, (ticket) => ticket.id, (ticket) => row(ticket, cursor))}</tbody>
  </table></div>`;
}
