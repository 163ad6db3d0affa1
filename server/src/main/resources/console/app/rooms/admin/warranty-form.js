import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t, term } from '../../core/i18n.js';
import { lines } from '../../ui/edit.js';
import { area, check, choice, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { lengthField, lengthOf } from './warranty-length.js';

export const PARTS = ['main', 'core', 'accessory', 'peripheral', 'consumable'];
export const EXCLUSIONS = ['opened', 'unauthorised-site', 'liquid', 'misuse', 'abnormal-voltage', 'disaster', 'cosmetic-wear', 'custom-service', 'consequential-loss'];
const STARTS = ['purchase', 'activation', 'production'];
const REMEDIES = ['refund', 'exchange', 'repair'];
const WINDOW = { remedy: 'repair', fromDay: 0, untilDay: 7 };

/** What a new policy begins with: a year for what matters, and nothing promised beyond it. */
export const BEGUN = {
  profile: 'contract', name: {}, scope: {}, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, start: STARTS, productionGrace: 'P0D', proof: 'record',
  terms: { main: 'P1Y', core: 'P1Y', accessory: 'P3M', peripheral: 'P3M', consumable: 'none' }, guarantees: [], exclusions: {}, repairedPart: 'P3M', exchange: 'remainder', freeExchange: false, loanerReturnDays: 7,
  returns: { compensationMax: 0, nonQualityDays: 7, nonQualityUnused: true, nonQualityPackIntact: true },
};

const drafts = new WeakMap();
const words = (group, all) => all.map((one) => [one, term(group, one)]);
const part = (name, legend, fields, hint) => html`<fieldset class="plainset" name=${name} tabindex="-1"><legend>${legend}${hint ? html` <span class="muted">${hint}</span>` : ''}</legend>${fields}</fieldset>`;
const days = (label, name, value, hint) => field({ label, name, type: 'number', min: 0, max: 36500, step: 1, required: true, value: value ?? 0, hint });

function windowRow(one, at, draft, again) {
  const remove = () => {
    draft.splice(at, 1);
    again();
  };
  const day = (name) => html`<td><input name="guarantees[${at}].${name}" type="number" min="0" max="36500" step="1" required .value=${String(one[name] ?? 0)} aria-label=${t(`warranty.${name}`)}></td>`;
  return html`<tr data-window><td><select name="guarantees[${at}].remedy" aria-label=${t('warranty.remedy')}>${words('remedy', REMEDIES).map(([value, label]) => html`<option value=${value} ?selected=${value === one.remedy}>${label}</option>`)}</select></td>${day('fromDay')}${day('untilDay')}
    <td><button type="button" class="plain square" aria-label=${t('warranty.window.remove', { n: at + 1 })} @click=${remove}>${icon('close')}</button></td></tr>`;
}

function windows(policy, again) {
  if (!drafts.has(policy)) drafts.set(policy, (policy.guarantees ?? []).map((one) => ({ ...one })));
  const draft = drafts.get(policy);
  const add = () => {
    draft.push({ ...WINDOW });
    again();
  };
  const heads = ['warranty.remedy', 'warranty.fromDay', 'warranty.untilDay'];
  return html`${draft.length ? html`<table class="inputs"><thead><tr>${heads.map((one) => html`<th scope="col">${t(one)}</th>`)}<th><span class="unseen">${t('table.actions')}</span></th></tr></thead><tbody>${repeat(draft, (one) => one, (one, at) => windowRow(one, at, draft, again))}</tbody></table>` : ''}
    <div><button type="button" data-do="window" @click=${add}>${icon('plus')}${t('warranty.window.add')}</button></div>`;
}

const scope = (policy, name, label) => field({ label, name: `scope.${name}`, value: (policy.scope?.[name] ?? []).join(', '), placeholder: t('sla.any') });

/** The fields of a policy, each under the name by which the server says what is wrong with it. */
export function warrantyFields(policy, again) {
  const { returns = {} } = policy;
  return html`${pair(field({ label: t('warranty.name.zh'), name: 'name.zh', value: policy.name?.zh, required: true, maxlength: 200 }), field({ label: t('warranty.name.en'), name: 'name.en', value: policy.name?.en, required: true, maxlength: 200 }))}
    ${pair(choice({ label: t('warranty.profile'), name: 'profile', value: policy.profile, required: true, options: words('warrantyProfile', ['handbook', 'statutory', 'contract']) }), field({ label: t('warranty.from'), name: 'from', type: 'date', value: policy.from, hint: t('warranty.from.hint') }))}
    ${part('scope', t('warranty.scope'), html`<div class="triple">${scope(policy, 'models', t('device.model'))}${scope(policy, 'regions', t('person.region'))}${scope(policy, 'customers', t('device.customer'))}</div>`, t('warranty.scope.hint'))}
    ${part('terms', t('warranty.terms'), html`<div class="clockfields">${PARTS.map((one) => lengthField({ label: term('coveredPart', one), name: `terms.${one}`, value: policy.terms?.[one], none: true }))}
      ${lengthField({ label: t('warranty.repaired'), name: 'repairedPart', value: policy.repairedPart ?? 'P0D' })}</div>`)}
    ${part('start', t('warranty.start'), html`<div class="row">${[...(policy.start ?? []), ...STARTS.filter((one) => !policy.start?.includes(one))].map((one) => check({ label: term('warrantyStart', one), name: `start.${one}`, checked: policy.start?.includes(one) }))}</div>
      ${pair(field({ label: t('calendar.zone'), name: 'zone', value: policy.zone, required: true, maxlength: 60 }), lengthField({ label: t('warranty.grace'), name: 'productionGrace', value: policy.productionGrace ?? 'P0D' }))}
      ${choice({ label: t('warranty.proof'), name: 'proof', value: policy.proof, required: true, options: words('proof', ['document', 'record', 'optional']) })}`, t('warranty.start.hint'))}
    ${part('guarantees', t('warranty.guarantees'), windows(policy, again))}
    ${part('exclusions', t('warranty.exclusions'), html`<div class="clockfields">${EXCLUSIONS.map((one) => choice({ label: term('warrantyExclusion', one), name: `exclusions.${one}`, value: policy.exclusions?.[one], options: words('exclusionEffect', ['fault', 'void']), none: t('warranty.covered') }))}</div>`)}
    ${part('returns', t('warranty.returns'), html`${pair(choice({ label: t('warranty.exchange'), name: 'exchange', value: policy.exchange, required: true, options: words('exchangeTerm', ['remainder', 'restart']) }), days(t('warranty.loaner'), 'loanerReturnDays', policy.loanerReturnDays))}
      ${check({ label: t('warranty.free'), name: 'freeExchange', checked: policy.freeExchange, hint: t('warranty.free.hint') })}
      ${pair(days(t('warranty.changed'), 'returns.nonQualityDays', returns.nonQualityDays), field({ label: t('warranty.compensation'), name: 'returns.compensationMax', type: 'number', min: 0, step: 0.01, required: true, value: returns.compensationMax ?? 0 }))}
      <div class="row">${check({ label: t('warranty.unused'), name: 'returns.nonQualityUnused', checked: returns.nonQualityUnused ?? true })}${check({ label: t('warranty.packed'), name: 'returns.nonQualityPackIntact', checked: returns.nonQualityPackIntact ?? true })}</div>`)}
    ${area({ label: t('warranty.note'), name: 'note', value: policy.note, maxlength: 2000 })}`;
}

/** The ticked starts: those of before in their order, for the first that is known counts, then those that are new. */
function starts(values, before = []) {
  return [...before, ...STARTS.filter((one) => !before.includes(one))].filter((one) => values[`start.${one}`]);
}

/** What the form says, as a policy; `first` is the one that it began with. */
export function warrantyOf(form, first) {
  const values = Object.fromEntries(new FormData(form));
  const many = (name) => lines(values[`scope.${name}`]);
  const window = (at) => ({ remedy: values[`guarantees[${at}].remedy`], fromDay: Number(values[`guarantees[${at}].fromDay`]), untilDay: Number(values[`guarantees[${at}].untilDay`]) });
  return {
    profile: values.profile, name: { zh: values['name.zh'], en: values['name.en'] }, ...(values.note ? { note: values.note } : {}), ...(values.from ? { from: values.from } : {}),
    scope: { models: many('models'), regions: many('regions'), customers: many('customers') }, zone: values.zone, start: starts(values, first.start), productionGrace: lengthOf(values, 'productionGrace'), proof: values.proof,
    terms: Object.fromEntries(PARTS.map((one) => [one, lengthOf(values, `terms.${one}`)])), repairedPart: lengthOf(values, 'repairedPart'),
    guarantees: Array.from(form.querySelectorAll('[data-window]'), (_, at) => window(at)),
    exclusions: Object.fromEntries(EXCLUSIONS.filter((one) => values[`exclusions.${one}`]).map((one) => [one, values[`exclusions.${one}`]])),
    exchange: values.exchange, freeExchange: values.freeExchange === 'on', loanerReturnDays: Number(values.loanerReturnDays),
    returns: { compensationMax: Number(values['returns.compensationMax']), nonQualityDays: Number(values['returns.nonQualityDays']), nonQualityUnused: values['returns.nonQualityUnused'] === 'on', nonQualityPackIntact: values['returns.nonQualityPackIntact'] === 'on' },
  };
}
