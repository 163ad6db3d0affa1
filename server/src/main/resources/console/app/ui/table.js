import { html, nothing } from 'lit';
import { t } from '../core/i18n.js';

/**
 * A table of things. A column is `[word, cell(one), kind]`: the key of its heading (none: a column of buttons), what stands in it, and a class:
 * `num` for numbers, `mono`, `wide` for what takes the room, `nowrap`. `row` says the attributes of a row: `{key, mark, open}`.
 */
export function table(columns, rows, { caption } = {}) {
  return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${caption ?? t(columns[0][0])}><table class="list">
    ${caption ? html`<caption class="unseen">${caption}</caption>` : nothing}
    <thead><tr>${columns.map(([word, , kind]) => html`<th scope="col" class=${kind === 'num' ? 'num' : ''}>${word ? t(word) : html`<span class="unseen">${t('table.actions')}</span>`}</th>`)}</tr></thead>
    <tbody>${rows}</tbody>
  </table></div>`;
}

/** The cells of one row. */
export function cells(columns, one) {
  return columns.map(([, cell, kind]) => html`<td class=${kind ?? ''}>${cell(one)}</td>`);
}

/** A table of things that open nothing. */
export function plainTable(columns, items, options) {
  return table(columns, items.map((one) => html`<tr>${cells(columns, one)}</tr>`), options);
}

/** What somebody typed: cut where there is no room, whole in its title, in its own direction. */
export function typed(text) {
  return text ? html`<span class="cut typed" dir="auto" title=${text}>${text}</span>` : html`<span class="muted">–</span>`;
}
