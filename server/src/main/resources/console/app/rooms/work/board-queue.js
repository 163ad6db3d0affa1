import { html, nothing } from 'lit';
import { href } from '../../core/router.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { empty } from '../../ui/states.js';
import { ago } from '../../ui/time.js';
import { causeWords } from './causes.js';

function waitingCard(one, hand) {
  const why = one.cause ? causeWords(one.cause) : one.why;
  return html`<li class="chore ${hand.mark(one.number)}" data-id=${one.number}>
    <div class="row nowrap"><a class="mono" href=${href('tickets', one.number)}>${one.number}</a><span class="muted small right">${ago(one.since)}</span></div>
    <a class="title" href=${href('tickets', one.number)} title=${one.title} dir="auto">${one.title}</a>
    <div class="muted small cut" title=${why} dir="auto">${why}</div>
    <div class="row nowrap"><span class="mono small cut">${one.device}</span><span class="muted small">${one.region}</span>
      ${hand.may ? html`<button class="right" @click=${() => hand.dispatch(one.number)}>${icon('plus')}${t('board.order')}</button>` : nothing}</div>
  </li>`;
}

function draftCard(one, hand) {
  const ready = Boolean(one.approval);
  const drag = (event) => {
    event.dataTransfer.setData('text/plain', one.number);
    event.dataTransfer.effectAllowed = 'move';
    hand.drag(one.number);
  };
  return html`<li class="chore ${hand.mark(one.number)} ${ready && hand.may ? 'movable' : ''}" data-id=${one.number} draggable=${String(ready && hand.may)} @dragstart=${drag} @dragend=${() => hand.drag(null)}>
    <div class="row nowrap"><a class="mono" href=${href('order', one.number)}>${one.number}</a>${badge('orderType', one.type)}<span class="muted small right">${ago(one.since)}</span></div>
    <a class="title" href=${href('order', one.number)} title=${one.task} dir="auto">${one.task}</a>
    <div class="muted small">${one.question ? t('board.asked') : ready ? t('board.reviewed', { by: one.approval.by }) : t('board.unreviewed')}</div>
    <div class="row nowrap"><span class="mono small cut">${one.device}</span><span class="muted small">${one.region}</span>
      ${ready && hand.may ? html`<button class="primary right" data-do="dispatch" @click=${() => hand.dispatch(one.number)}>${t('board.dispatch')}</button>` : html`<a class="button right" href=${href('order', one.number)}>${t('board.look')}</a>`}</div>
  </li>`;
}

/** What nobody has yet: cases that wait for somebody, and orders that are drafts. */
export function queueCards({ waiting, drafts }, hand) {
  const all = waiting.length + drafts.length;
  return html`<section class="card unassigned">
    <header><h2>${t('board.unassigned')}</h2><span class="badge calm">${all}</span>${all && hand.may ? html`<span class="muted small right">${t('board.hint')}</span>` : nothing}</header>
    ${all ? html`<ul class="chores">${waiting.map((one) => waitingCard(one, hand))}${drafts.map((one) => draftCard(one, hand))}</ul>`
      : empty('done', t('board.free'), t('board.free.next'))}
  </section>`;
}
