import { html, nothing } from 'lit';
import { money, number } from '../../core/format.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { typed } from '../../ui/table.js';
import { at } from '../../ui/time.js';
import { partLink, place } from './names.js';
import { reverseDialog } from './stock-move.js';

const HEADS = ['id', 'at', 'reason', 'part', 'batch', 'from', 'to', 'quantity', 'cost', 'reference', 'actor'];
const NUMBERS = ['quantity', 'cost'];
/** What is left out where all movements are of one part. */
const OF_MANY = ['id', 'part', 'cost'];

/** The heads of the ledger's columns; fewer of them where all are of one part. */
export function ledgerHeads(single) {
  return html`<tr>${HEADS.filter((head) => !single || !OF_MANY.includes(head)).map((head) => html`<th scope="col" class=${NUMBERS.includes(head) ? 'num' : ''}>${t(`move.${head}`)}</th>`)}<th scope="col"><span class="unseen">${t('table.actions')}</span></th></tr>`;
}

/** One movement; one that was taken back says by which. */
export function ledgerRow(one, { single = false, done }) {
  return html`<tr class=${one.reversedBy ? 'gone' : ''}>
    ${single ? nothing : html`<td class="mono">${one.id}</td>`}<td class="muted">${at(one.at)}</td><td>${badge('moveReason', one.reason)}</td>
    ${single ? nothing : html`<td class="nowrap">${partLink(one.part)}</td>`}
    <td class="mono">${one.batch || '–'}</td><td>${place(one.from, term('end', one.from))}</td><td>${place(one.to, term('end', one.to))}</td>
    <td class="num">${number(one.quantity)}</td>${single ? nothing : html`<td class="num">${money(one.unitCost)}</td>`}<td class="wide">${typed(one.reference)}</td><td>${one.actor}</td>
    <td class="nowrap">${one.reversedBy ? html`<span class="muted small">${t('move.reversedby', { number: one.reversedBy })}</span>`
      : one.reverses ? html`<span class="muted small">${t('move.reverses', { number: one.reverses })}</span>`
        : may('coordinator') ? html`<button class="plain" data-do="reverse" @click=${() => reverseDialog(one, done)}>${t('move.reverse')}</button>` : nothing}</td>
  </tr>`;
}
