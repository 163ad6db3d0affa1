import { html, nothing } from 'lit';
import { t } from '../../core/i18n.js';
import { card } from '../../ui/card.js';
import { plainTable, typed } from '../../ui/table.js';
import { ago } from '../../ui/time.js';

function changes(one) {
  if (!one.changes?.length) return nothing;
  return html`<details><summary>${t('report.changes', { n: one.changes.length })}</summary><ul class="small">${one.changes.map((change) => html`<li><code>${change.path}</code> ${change.before ?? '–'} → ${change.after ?? '–'}</li>`)}</ul></details>`;
}

/** The reports that were kept, each as it was made. */
export function editionsCard(editions, open) {
  if (!editions.length) return nothing;
  return html`<div class="unprinted">${card(t('report.editions'), plainTable([
    ['cost.period', (one) => html`<button class="plain link" @click=${() => open(one)}>${one.period}</button>`, 'nowrap'],
    ['report.edition', (one) => one.edition, 'num'],
    ['ticket.reason', (one) => html`${typed(one.reason)}${changes(one)}`, 'wide'],
    ['report.madeBy', (one) => one.madeBy, 'nowrap'],
    ['report.at', (one) => ago(one.madeAt), 'muted nowrap'],
    ['report.sha', (one) => html`<span class="mono" title=${one.sha256}>${one.sha256.slice(0, 12)}</span>`],
  ], editions), { flush: true })}</div>`;
}
