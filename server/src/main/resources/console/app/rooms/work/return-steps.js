import { html, nothing } from 'lit';
import { t, term } from '../../core/i18n.js';
import { area, check, choice, field, pair } from '../../ui/field.js';
import { attachAll } from './files.js';

const WAYS = ['courier-pickup', 'drop-off', 'carry-in'];
const VERDICTS = ['quality', 'non-quality', 'misuse'];
const amount = (text) => (text ? Number(text) : undefined);
const states = (...all) => (one) => all.includes(one.state);
const may = (to) => (one) => one.next.includes(to);

/** What of an outcome goes on: it is repaired, exchanged, paid back, or goes as it came. */
function outcomesOf(one) {
  return one.next.filter((state) => ['repaired', 'replaced', 'refunded', 'returned'].includes(state));
}

/**
 * The steps of a return: when each may be taken and by whom, the form it has, and what it sends. `main` is the step that a state waits for. Fields of a form
 * are named as the interface names them, so that a refusal marks its field.
 */
export const STEPS = [
  { name: 'approve', step: '/approve', roles: ['coordinator'], main: true, when: may('approved'),
    body: (one) => html`${one.type === 'exchange' ? check({ label: t('return.advance'), name: 'advance', hint: t('return.advance.hint') }) : nothing}${field({ label: t('return.compensation'), name: 'compensation', type: 'number', min: 0, step: '0.01' })}`,
    change: (values) => ({ advance: 'advance' in values || undefined, compensation: amount(values.compensation) }) },
  { name: 'reject', step: '/reject', roles: ['coordinator'], danger: true, when: may('rejected'), body: () => area({ label: t('order.reason'), name: 'reason', required: true, maxlength: 2000 }) },
  { name: 'way', step: '/way', roles: ['agent', 'engineer', 'coordinator', 'partner'], when: states('approved'),
    body: (one) => choice({ label: t('return.way'), name: 'way', value: one.way ?? WAYS[0], required: true, options: WAYS.map((way) => [way, term('rmaWay', way)]) }) },
  { name: 'inbound', step: '/shipments', roles: ['agent', 'engineer', 'coordinator', 'partner'], when: states('approved', 'shipped'), body: () => parcel(), change: (values) => ({ direction: 'inbound', ...parcelOf(values) }) },
  { name: 'receive', step: '/receipts', roles: ['engineer', 'coordinator', 'partner'], main: true, when: (one) => ['approved', 'shipped'].includes(one.state),
    body: (one) => html`${field({ label: t('receipt.serial'), name: 'serial', value: one.device, required: true, maxlength: 100, hint: t('receipt.serial.hint') })}${area({ label: t('receipt.condition'), name: 'condition', required: true, maxlength: 2000 })}` },
  { name: 'inspect', step: '/inspection', roles: ['engineer', 'quality', 'coordinator'], main: true, when: may('inspected'),
    body: () => html`${area({ label: t('inspection.findings'), name: 'findings', required: true, rows: 4, maxlength: 10000 })}
      ${choice({ label: t('inspection.verdict'), name: 'verdict', required: true, options: VERDICTS.map((one) => [one, term('verdict', one)]), hint: t('inspection.verdict.hint') })}
      <label class="field"><span>${t('inspection.photos')}</span><input type="file" name="photos" accept="image/*" multiple></label>`,
    change: async ({ findings, verdict }, form, one) => ({ findings, verdict, photos: (await attachAll(one.ticket, form.elements.photos.files)).map((file) => file.id) }) },
  { name: 'outcome', step: '/outcome', roles: ['engineer', 'coordinator'], main: true, when: (one) => outcomesOf(one).length > 0,
    body: (one) => html`${choice({ label: t('return.outcome'), name: 'outcome', required: true, value: outcomesOf(one)[0], options: outcomesOf(one).map((state) => [state, term('rmaOutcome', state)]) })}
      ${area({ label: t('return.work'), name: 'work', maxlength: 10000, hint: t('return.work.hint') })}
      ${one.type === 'exchange' ? field({ label: t('return.newdevice'), name: 'newDevice', value: one.newDevice, maxlength: 64 }) : nothing}
      ${one.type === 'refund' ? field({ label: t('return.refund'), name: 'refund', type: 'number', min: 0, step: '0.01' }) : nothing}`,
    change: (values) => ({ ...values, refund: amount(values.refund) }) },
  { name: 'outbound', step: '/shipments', roles: ['agent', 'engineer', 'coordinator', 'partner'], when: (one) => one.advance ? !['requested', 'closed', 'rejected', 'cancelled'].includes(one.state) : states('repaired', 'replaced', 'returned')(one),
    body: (one) => html`${field({ label: t('shipment.device'), name: 'device', value: one.newDevice ?? one.device, required: true, maxlength: 64 })}${parcel()}`, change: (values) => ({ direction: 'outbound', device: values.device, ...parcelOf(values) }) },
  { name: 'handover', step: '/handover', roles: ['agent', 'engineer', 'coordinator', 'partner'], when: (one) => !one.handover && states('repaired', 'replaced', 'returned')(one),
    body: () => html`${check({ label: t('pickup.record.checked'), name: 'recordChecked' })}${check({ label: t('pickup.fees.checked'), name: 'feesChecked' })}`,
    change: (values) => ({ recordChecked: 'recordChecked' in values, feesChecked: 'feesChecked' in values }) },
  { name: 'close', step: '/close', roles: ['agent', 'coordinator'], main: true, plain: true, when: may('closed') },
  { name: 'cancel', step: '/cancel', roles: ['agent', 'engineer', 'coordinator', 'partner'], danger: true, when: may('cancelled'), body: () => area({ label: t('order.reason'), name: 'reason', required: true, maxlength: 2000 }) },
];

function parcel() {
  return html`${pair(field({ label: t('parcel.carrier'), name: 'carrier', required: true, maxlength: 100 }), field({ label: t('parcel.number'), name: 'tracking', required: true, maxlength: 100 }))}
    ${field({ label: t('shipment.cost'), name: 'cost', type: 'number', min: 0, step: '0.01' })}`;
}

function parcelOf({ carrier, tracking, cost }) {
  return { carrier, tracking, cost: amount(cost) };
}
