import { html } from 'lit';
import { t } from '../../core/i18n.js';

const MONTHS = 14;
const QUARTERS = 6;

/** The periods that reports are made of, the newest first: months, then quarters, then years. */
export function periods(now = new Date()) {
  const months = Array.from({ length: MONTHS }, (_, back) => new Date(Date.UTC(now.getFullYear(), now.getMonth() - back, 1)).toISOString().slice(0, 7));
  const quarters = Array.from({ length: QUARTERS }, (_, back) => {
    const first = new Date(Date.UTC(now.getFullYear(), 3 * Math.floor(now.getMonth() / 3) - 3 * back, 1));
    return `${first.getUTCFullYear()}-Q${Math.floor(first.getUTCMonth() / 3) + 1}`;
  });
  return { months, quarters, years: [String(now.getFullYear()), String(now.getFullYear() - 1)] };
}

/** The parameter by which a report of this period is asked for. */
export function periodQuery(period) {
  if (!period) return {};
  return { [period.includes('Q') ? 'quarter' : period.length === 4 ? 'year' : 'month']: period };
}

/** Chooses a month, a quarter or a year; the present month unless said. */
export function periodField(period, change) {
  const { months, quarters, years } = periods();
  const chosen = period ?? months[0];
  const group = (label, all) => html`<optgroup label=${t(label)}>${all.map((one) => html`<option value=${one} ?selected=${one === chosen}>${one}</option>`)}</optgroup>`;
  return html`<select class="slim" aria-label=${t('period.choose')} @change=${(event) => change(event.target.value)}>
    ${group('period.months', months)}${group('period.quarters', quarters)}${group('period.years', years)}
  </select>`;
}
