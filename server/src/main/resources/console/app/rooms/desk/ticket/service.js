import { html, nothing } from 'lit';
import { href } from '../../../core/router.js';
import { t, term } from '../../../core/i18n.js';
import { badge } from '../../../ui/badges.js';
import { card } from '../../../ui/card.js';
import { icon } from '../../../ui/icons.js';
import { ago } from '../../../ui/time.js';
import { quoteLine } from './quote.js';

function line(shape, what, where, state, extra = nothing) {
  return html`<li>${icon(shape)}${where ? html`<a class="grow cut" dir="auto" title=${what} href=${where}>${what}</a>` : html`<span class="grow cut" dir="auto" title=${what}>${what}</span>`}${extra}${state}</li>`;
}

function score({ answered, scores, state }) {
  const all = Object.values(scores ?? {}).filter((one) => typeof one === 'number');
  return all.length ? html`<strong>${(all.reduce((a, b) => a + b) / all.length).toFixed(1)}</strong> / 5` : badge('deskSurvey', answered ? 'answered' : state);
}

/** What of the service desk hangs on the case: quotes, work, returns, parts, talks to come, complaints, and what the customer thought of it. */
export function serviceCard(desk, acts) {
  const { ticket } = desk;
  const lines = [
    ...(ticket.quotes ?? []).map((one) => quoteLine(desk, one, acts)),
    ...(ticket.workOrders ?? []).map((one) => line('wrench', `${one.number} · ${one.task}`, href('order', one.id), badge('deskOrder', one.state), one.engineer ? html`<span class="muted small">${one.engineer}</span>` : nothing)),
    ...(ticket.returns ?? []).map((one) => line('truck', `${one.number} · ${term('deskReturnType', one.type)}: ${one.reason}`, href('return', one.id), badge('deskReturn', one.state))),
    ...(ticket.loaner ? [line('box', t('service.loaner.is', { device: ticket.loaner.device }), href('device', ticket.loaner.device), badge('deskLoan', ticket.loaner.returnedAt ? 'returned' : 'out'),
      acts?.takeBack && !ticket.loaner.returnedAt ? html`<button @click=${acts.takeBack}>${t('service.takeback')}</button>` : nothing)] : []),
    ...(ticket.parts?.requisitions ?? []).map((one) => line('box', (one.lines ?? []).map((of) => `${of.quantity} × ${of.part}`).join(', '), href('requisition', one.id), badge('deskRequisition', one.state))),
    ...(ticket.followUps ?? []).map((one) => line('calendar', `${term('followUp', one.kind)}: ${one.reason}`, null, badge('followUpState', one.state), html`<span class="muted small">${ago(one.due)}</span>${acts?.followed && one.state === 'open' ? html`<button @click=${() => acts.followed(one)}>${t('service.done')}</button>` : nothing}`)),
    ...(ticket.complaints ?? []).map((one) => line('alert', one.title ?? one.number, href('complaint', one.id), badge('complaintState', one.state))),
    ...(ticket.survey ? [line('star', t('service.survey'), null, html`<span class="nowrap">${score(ticket.survey)}</span>`, ticket.survey.comment ? html`<span class="muted small cut" dir="auto">“${ticket.survey.comment}”</span>` : nothing)] : []),
  ];
  return lines.length ? card(t('service.title'), html`<ul class="mini">${lines}</ul>`) : nothing;
}
