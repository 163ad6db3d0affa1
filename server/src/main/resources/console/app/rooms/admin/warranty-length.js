import { html } from 'lit';
import { lang, t } from '../../core/i18n.js';

const ONE = /^P(\d+)([YMD])$/;
const UNITS = { Y: 'year', M: 'month', D: 'day' };

/** A length such as P1Y as "1 year"; none, or one of no days, says so. What is put together of several is shown as it is. */
export function lengthWords(length) {
  if (!length || length === 'none' || length === 'P0D') return t('warranty.nothing');
  const [, amount, unit] = ONE.exec(length) ?? [];
  if (!unit) return length;
  return new Intl.NumberFormat(lang() === 'zh' ? 'zh-CN' : 'en-GB', { style: 'unit', unit: UNITS[unit], unitDisplay: 'long' }).format(Number(amount));
}

/** A length as a number and its unit; `none` offers that there is no warranty at all. A length of several units stays as it is unless changed. */
export function lengthField({ label, name, value, none = false }) {
  const [, amount = '', unit = null] = ONE.exec(value) ?? [];
  const chosen = unit ? `P{n}${unit}` : value;
  const units = Object.keys(UNITS).map((one) => [`P{n}${one}`, t(`warranty.unit.${one}`)]);
  if (none) units.push(['none', t('warranty.nothing')]);
  if (chosen && !units.some(([one]) => one === chosen)) units.push([chosen, chosen]);
  const toggle = (event) => { event.target.form.elements.namedItem(name).disabled = !event.target.value.includes('{n}'); };
  return html`<label class="field"><span>${label}</span><span class="amount"><input name=${name} type="number" min="0" max="1200" step="1" required .value=${amount} ?disabled=${!unit && Boolean(value)} aria-label=${label}>
    <select name="${name}.unit" aria-label="${label}: ${t('promise.unit')}" @change=${toggle}>${units.map(([one, words]) => html`<option value=${one} ?selected=${one === chosen}>${words}</option>`)}</select></span></label>`;
}

/** What such a field says, as a length. */
export function lengthOf(values, name) {
  return values[`${name}.unit`].replace('{n}', values[name] ?? '');
}
