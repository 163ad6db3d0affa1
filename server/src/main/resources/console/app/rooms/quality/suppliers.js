import { html, nothing } from 'lit';
import { number } from '../../core/format.js';
import { t } from '../../core/i18n.js';
import { card } from '../../ui/card.js';
import { plainTable } from '../../ui/table.js';
import { share } from './figures.js';

/** How well each supplier's parts hold, with what might replace those that do not. */
export function suppliersCard(suppliers) {
  const known = suppliers.filter((one) => one.held.fitted > 0).sort((a, b) => (b.held.rate ?? 0) - (a.held.rate ?? 0));
  if (!known.length) return nothing;
  return card(t('causes.suppliers'), plainTable([
    ['rate.supplier', (one) => one.name, 'nowrap'],
    ['rate.fitted', (one) => number(one.held.fitted), 'num'],
    ['rate.failed', (one) => number(one.held.failed), 'num'],
    ['rate.rate', (one) => share(one.held.rate), 'num'],
    ['rate.parts', (one) => html`<div class="row">${one.held.parts.map((part) => html`<span><span class="mono">${part.part}</span> ${share(part.rate)} <span class="muted">(${share(part.low)}–${share(part.high)})</span></span>`)}</div>
      ${one.held.replace.map((hint) => html`<div class="small">${hint.text}</div>`)}`, 'wide'],
  ], known), { flush: true });
}
