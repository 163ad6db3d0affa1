import { html } from 'lit';
import { t, term } from '../../core/i18n.js';
import { href } from '../../core/router.js';
import { filled } from '../../ui/edit.js';
import { check, choice, field } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';

/** How the device of the workshop goes back to its owner. */
export function handingBack({ kept, keep, busy, submit, send, again }) {
  const shipped = kept.how === 'shipped';
  const back = (values) => send('/pickup', filled({
    how: values.how, recordChecked: 'recordChecked' in values, feesChecked: 'feesChecked' in values, amount: values.amount ? Number(values.amount) : undefined, tracking: values.tracking,
  }));
  return html`<form class="stack" @input=${(event) => { keep(event); again(); }} @submit=${submit(back, t('pickup.done'))}>
    ${choice({ label: t('pickup.how'), name: 'how', value: kept.how ?? 'picked-up', required: true, options: ['picked-up', 'shipped'].map((one) => [one, term('pickup', one)]) })}
    ${shipped ? field({ label: t('pickup.tracking'), name: 'tracking', value: kept.tracking, required: true, maxlength: 100 })
      : html`${check({ label: t('pickup.record.checked'), name: 'recordChecked', checked: 'recordChecked' in kept })}${check({ label: t('pickup.fees.checked'), name: 'feesChecked', checked: 'feesChecked' in kept })}`}
    ${field({ label: t('pickup.amount'), name: 'amount', type: 'number', min: 0, step: '0.01', value: kept.amount })}
    <button class="primary big" data-do="pickup" ?disabled=${busy}>${icon('done')}${t('pickup.do')}</button>
  </form>`;
}

/** Done: the engineer goes on to the next visit. */
export function next() {
  return html`<p class="row tone-good">${icon('done')}${t('left.done')}</p>
    <a class="button primary big" href=${href('visits')}>${icon('truck')}${t('left.visits')}</a>`;
}
