import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { lang, t, term } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { act, filled } from '../../ui/edit.js';
import { choice, field, pair } from '../../ui/field.js';
import { complain, say } from '../../ui/toast.js';
import { knownParts, knownPlaces, learnNames } from './names.js';

/** From where to where a movement of each reason goes: `ours` are our places. */
const ENDS = {
  receive: [['supplier'], 'ours'], transfer: ['ours', 'ours'], sale: ['ours', ['customer']], return: ['both', 'both'], scrap: ['ours', ['scrap']],
};

function ends(kind) {
  const ours = knownPlaces().map((one) => [one.code, one.name]);
  const outside = (codes) => codes.map((code) => [code, term('end', code)]);
  if (kind === 'ours') return ours;
  return kind === 'both' ? [...ours, ...outside(['customer', 'supplier'])] : outside(kind);
}

/** Writes a movement into the ledger: a receipt, a transfer, a sale, a return, or scrap. */
export async function moveDialog({ part, from, done }) {
  try {
    await learnNames();
  } catch (failure) {
    complain(failure);
    return;
  }
  let reason = from ? 'transfer' : 'receive';
  ask({
    title: t('move.title'), confirm: t('move.do'),
    body: (again) => {
      const [gives, gets] = ENDS[reason].map(ends);
      return html`
        ${choice({ label: t('move.reason'), name: 'reason', value: reason, required: true, options: Object.keys(ENDS).map((one) => [one, term('moveReason', one)]), change: (event) => { reason = event.target.value; again(); } })}
        ${part ? html`<input type="hidden" name="part" value=${part}>` : choice({ label: t('repair.part'), name: 'part', required: true, options: knownParts().map((one) => [one.code, `${one.name[lang()]} · ${one.code}`]) })}
        ${pair(choice({ label: t('move.from'), name: 'from', required: true, options: gives, value: gives.length === 1 ? gives[0][0] : from }), choice({ label: t('move.to'), name: 'to', required: true, options: gets, value: gets.length === 1 ? gets[0][0] : null }))}
        ${pair(field({ label: t('repair.quantity'), name: 'quantity', type: 'number', min: 1, max: 1000000, required: true }), field({ label: t('move.batch'), name: 'batch', hint: t('move.batch.hint'), maxlength: 100 }))}
        ${field({ label: t('move.reference'), name: 'reference', required: true, maxlength: 200, hint: t('move.reference.hint') })}
        ${reason === 'receive' ? field({ label: t('move.cost'), name: 'unitCost', type: 'number', min: 0, step: '0.01' }) : nothing}`;
    },
    submit: async (values) => {
      await api.post('/stock-movements', filled({ ...values, quantity: Number(values.quantity), unitCost: values.unitCost ? Number(values.unitCost) : undefined }));
      say(t('move.done'));
      await done?.();
    },
  });
}

/** Takes a movement back by its opposite, which says why. */
export function reverseDialog(movement, done) {
  act({
    title: t('move.reverse.title', { number: movement.id }), path: `/stock-movements/${movement.id}/reversal`, confirm: t('move.reverse'), danger: true, words: t('move.reversed'), done,
    body: () => html`<p class="muted">${t('move.reverse.hint')}</p>${field({ label: t('order.reason'), name: 'reference', required: true, maxlength: 200 })}`,
  });
}
