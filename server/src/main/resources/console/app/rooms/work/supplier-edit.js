import { html, nothing } from 'lit';
import { t } from '../../core/i18n.js';
import { act, edit, filled } from '../../ui/edit.js';
import { check, field, pair } from '../../ui/field.js';

const NUMBERS = ['leadDays', 'leadDeviation', 'warrantyDays'];

function body(one) {
  return html`${one ? nothing : field({ label: t('supplier.id'), name: 'id', required: true, maxlength: 64 })}
    ${field({ label: t('supplier.name'), name: 'name', value: one?.name, required: true, maxlength: 200 })}
    ${pair(field({ label: t('supplier.lead'), name: 'leadDays', type: 'number', min: 0, max: 1000, value: one?.leadDays, required: true }), field({ label: t('supplier.deviation'), name: 'leadDeviation', type: 'number', min: 0, step: 'any', value: one?.leadDeviation }))}
    ${field({ label: t('supplier.warranty'), name: 'warrantyDays', type: 'number', min: 0, max: 10000, value: one?.warrantyDays ?? 365 })}
    ${one ? check({ label: t('supplier.active'), name: 'active', checked: one.active }) : nothing}`;
}

function card(values, one) {
  const numbers = Object.fromEntries(NUMBERS.filter((name) => values[name] !== '').map((name) => [name, Number(values[name])]));
  return filled({ id: values.id, name: values.name, ...numbers, active: one ? 'active' in values : undefined });
}

/** Adds a supplier, or changes one. */
export function supplierDialog(one, done) {
  if (one) return edit({ title: t('supplier.edit'), path: `/suppliers/${encodeURIComponent(one.id)}`, body, change: card, done });
  return act({ title: t('supplier.new'), path: '/suppliers', body: () => body(null), change: (values) => card(values, null), done });
}
