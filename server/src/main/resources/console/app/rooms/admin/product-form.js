import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t, term } from '../../core/i18n.js';
import { area, check, field } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';

const CLASSES = ['A', 'B', 'C', 'D'];
const drafts = new WeakMap();

function metricRow(metric, draft, again) {
  const remove = () => {
    draft.metrics.splice(draft.metrics.indexOf(metric), 1);
    again();
  };
  const cell = (name, label, type) => html`<td><input data-of=${name} type=${type} step="any" .value=${metric[name] == null ? '' : String(metric[name])} aria-label=${t(label)} ?required=${name === 'name'}></td>`;
  return html`<tr data-metric>${cell('name', 'product.metric', 'text')}${cell('unit', 'product.unit', 'text')}${cell('min', 'product.min', 'number')}${cell('max', 'product.max', 'number')}<td><button type="button" class="plain square" aria-label=${t('product.metric.remove')} @click=${remove}>${icon('close')}</button></td></tr>`;
}

function actionRow(action) {
  return html`<tr data-action=${action.name}><td class="mono">${action.name}</td><td><select data-of="class" aria-label=${t('product.class')}>${CLASSES.map((one) => html`<option value=${one} ?selected=${one === action.class}>${one} – ${term('actionClass', one)}</option>`)}</select></td>
    <td><input data-of="timeoutSeconds" type="number" min="1" max="604800" required .value=${String(action.timeoutSeconds ?? 60)} aria-label=${t('product.timeout')}></td></tr>`;
}

/** The fields of a product; what has no field of its own (parameters of actions) is edited as JSON. */
export function productFields(one, again) {
  if (!drafts.has(one)) drafts.set(one, { metrics: (one.metrics ?? []).map((metric) => ({ ...metric })) });
  const draft = drafts.get(one);
  const add = () => {
    draft.metrics.push({ name: '', unit: '' });
    again();
  };
  return html`${field({ label: t('sla.name'), name: 'name', value: one.name, maxlength: 200 })}
    <fieldset class="plainset" name="metrics" tabindex="-1"><legend>${t('product.metrics')}</legend><table class="inputs"><thead><tr>${['metric', 'unit', 'min', 'max'].map((head) => html`<th scope="col">${t(`product.${head}`)}</th>`)}<th><span class="unseen">${t('table.actions')}</span></th></tr></thead><tbody>${repeat(draft.metrics, (metric) => metric, (metric) => metricRow(metric, draft, again))}</tbody></table>
      <div><button type="button" @click=${add}>${icon('plus')}${t('product.metric.add')}</button></div></fieldset>
    <fieldset class="plainset"><legend>${t('product.actions')}</legend><table class="inputs"><tbody>${(one.actions ?? []).map(actionRow)}</tbody></table>
      <details><summary>${t('product.json')}</summary>${area({ label: t('product.json.hint'), name: 'actions', rows: 14, mono: true, value: JSON.stringify(one.actions ?? [], null, 2) })}</details></fieldset>
    ${check({ label: t('product.shell.allow'), name: 'shell', checked: Boolean(one.shell) })}`;
}

const numberOf = (text) => (text === '' ? null : Number(text));

/** The product as the form says it; what the form does not know stays. */
export function productOf(first, form) {
  const value = (row, name) => row.querySelector(`[data-of=${name}]`).value;
  const typed = JSON.parse(form.elements.namedItem('actions').value);
  const rows = Object.fromEntries([...form.querySelectorAll('[data-action]')].map((row) => [row.dataset.action, row]));
  const actions = typed.map((action) => (rows[action.name] ? { ...action, class: value(rows[action.name], 'class'), timeoutSeconds: Number(value(rows[action.name], 'timeoutSeconds')) } : action));
  const metrics = [...form.querySelectorAll('[data-metric]')].map((row) => ({ name: value(row, 'name'), unit: value(row, 'unit'), min: numberOf(value(row, 'min')), max: numberOf(value(row, 'max')) }));
  const { version, createdAt, ...kept } = first;
  return { ...kept, name: form.elements.namedItem('name').value, metrics, actions, shell: form.elements.namedItem('shell').checked };
}
