import { html, nothing } from 'lit';
import { money, number } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { typed } from '../../ui/table.js';
import { at } from '../../ui/time.js';
import { partName, place } from './names.js';
import { reverseDialog } from './stock-move.js';

const HEADS = ['at', 'reason', 'part', 'batch', 'way', 'quantity', 'cost', 'reference', 'actor'];
const NUMBERS = ['quantity', 'cost'];
/** What is left out where all movements are of one part. */
const OF_MANY = ['part', 'cost', 'reference'];
const SPARE = ['batch', 'cost'];
/** What stands within another column where there are many parts. */
const OF_ONE = ['batch'];

const left = (single) => HEADS.filter((head) => !(single ? OF_MANY : OF_ONE).includes(head));

/** From where to where. */
function way(one) {
  return html`<span class="row nowrap">${place(one.from, term('end', one.from))}<span class="muted" aria-hidden="true">→</span>${place(one.to, term('end', one.to))}</span>`;
}

/** The heads of the ledger's columns; fewer of them where all are of one part. */
export function ledgerHeads(single) {
  return html`<tr>${left(single).map((head) => html`<th scope="col" class="${NUMBERS.includes(head) ? 'num' : ''} ${SPARE.includes(head) || (single && head === 'actor') ? 'spare' : ''}">${t(`move.${head}`)}</th>`)}<th scope="col"><span class="unseen">${t('table.actions')}</span></th></tr>`;
}

/** By which movement this one was taken back, or which it takes back. */
function undoing(one) {
  if (!one.reversedBy && !one.reverses) return nothing;
  return html`<div class="sub">${one.reversedBy ? t('move.reversedby', { number: `#${one.reversedBy}` }) : t('move.reverses', { number: `#${one.reverses}` })}</div>`;
}

/** One movement; one that was taken back says by which. */
export function ledgerRow(one, { single = false, done }) {
  return html`<tr class=${one.reversedBy ? 'gone' : ''}>
    <td class="muted">${at(one.at)}${single ? nothing : html`<div class="sub">#${one.id}</div>`}</td><td>${badge('moveReason', one.reason)}</td>
    ${single ? html`<td class="mono spare">${one.batch || '–'}</td>` : html`<td class="nowrap"><a class="title" href=${href('part', one.part)} dir="auto">${partName(one.part)}</a><div class="sub mono">${one.batch || one.part}</div></td>`}
    <td class=${single ? 'wide' : ''}>${way(one)}${single ? html`<div class="sub">${typed(one.reference)}</div>${undoing(one)}` : nothing}</td>
    <td class="num">${number(one.quantity)}</td>${single ? nothing : html`<td class="num spare">${money(one.unitCost)}</td>`}${single ? nothing : html`<td class="wide">${typed(one.reference)}${undoing(one)}</td>`}
    <td class=${single ? 'spare' : ''}>${one.actor}</td>
    <td>${!one.reversedBy && !one.reverses && may('coordinator') ? html`<button class="plain square" data-do="reverse" aria-label=${t('move.reverse')} title=${t('move.reverse')} @click=${() => reverseDialog(one, done)}>${icon('undo')}</button>` : nothing}</td>
  </tr>`;
}
