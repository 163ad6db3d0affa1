import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { t, term } from '../../core/i18n.js';
import { filled, lines } from '../../ui/edit.js';
import { area, choice, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { amountOf, CLOCKS, promiseOf, UNITS } from './promise.js';

const PRIORITIES = ['P1', 'P2', 'P3', 'P4'];
const ORIGINS = ['proactive', 'phone', 'mail', 'web', 'app', 'social', 'marketplace', 'walk-in', 'on-site'];
const TELLS = ['owner', 'outlet-manager', 'region-manager', 'headquarters-manager', 'coordinator', 'admin'];

function clockField(promise, clock) {
  const { amount, unit } = amountOf(promise);
  return html`<label class="field"><span>${term('promiseClock', clock)}</span><span class="amount"><input name="clocks.${clock}" data-clock=${clock} type="number" min="0" step="any" .value=${String(amount)} aria-label=${term('promiseClock', clock)}>
    <select data-unit=${clock} aria-label="${term('promiseClock', clock)}: ${t('promise.unit')}">${UNITS.map((one) => html`<option value=${one} ?selected=${one === unit}>${term('promiseUnit', one)}</option>`)}</select></span></label>`;
}

function boxes(name, all, held, group) {
  return html`<span class="row" role="group" aria-label=${t(`sla.${name}`)}>${all.map((one) => html`<label class="row check"><input type="checkbox" data-when=${name} value=${one} ?checked=${held?.includes(one)}>${group ? term(group, one) : one}</label>`)}</span>`;
}

function ruleField(rule, index, policy, again) {
  const remove = () => {
    policy.rules.splice(policy.rules.indexOf(rule), 1);
    again();
  };
  return html`<fieldset class="rule plainset" data-rule><legend>${t('sla.rule', { n: index + 1 })}${policy.rules.length > 1 ? html`<button type="button" class="plain square" aria-label=${t('sla.rule.remove', { n: index + 1 })} @click=${remove}>${icon('close')}</button>` : ''}</legend>
    ${pair(field({ label: t('sla.grade'), name: 'grade', value: (rule.when?.grade ?? []).join(', '), placeholder: t('sla.any') }), field({ label: t('person.region'), name: 'region', value: (rule.when?.region ?? []).join(', '), placeholder: t('sla.any') }))}
    <div class="row">${boxes('priority', PRIORITIES, rule.when?.priority)}</div>
    <details ?open=${Boolean(rule.when?.origin?.length)}><summary class="small">${t('sla.origin')}</summary>${boxes('origin', ORIGINS, rule.when?.origin, 'caseOrigin')}</details>
    <div class="clockfields">${CLOCKS.map((clock) => clockField(rule.clocks[clock], clock))}</div></fieldset>`;
}

function stepField(step, policy, again) {
  const remove = () => {
    policy.escalation.splice(policy.escalation.indexOf(step), 1);
    again();
  };
  return html`<div class="row nowrap" data-step><input type="number" min="1" max="1000" required .value=${String(step.percent)} aria-label=${t('sla.percent')}><span class="nowrap muted">% →</span>
    <select aria-label=${t('sla.tell')}>${TELLS.map((one) => html`<option value=${one} ?selected=${one === step.to}>${term('tells', one)}</option>`)}</select><button type="button" class="plain square" aria-label=${t('sla.step.remove')} @click=${remove}>${icon('close')}</button></div>`;
}

const drafts = new WeakMap();

/** The fields of a policy. Rules and steps that are added or taken away live in a draft beside the policy. */
export function policyFields(policy, again) {
  if (!drafts.has(policy)) drafts.set(policy, structuredClone({ ...policy, escalation: policy.escalation ?? [] }));
  const draft = drafts.get(policy);
  const add = (list, one) => () => {
    list.push(one);
    again();
  };
  return html`${field({ label: t('sla.name'), name: 'name', value: policy.name, required: true, maxlength: 200 })}
    ${area({ label: t('sla.calendars'), name: 'calendars', rows: 3, mono: true, required: true, value: Object.entries(policy.calendars).map(([region, calendar]) => `${region} = ${calendar}`).join('\n'), hint: t('sla.calendars.hint') })}
    <fieldset class="plainset" name="rules" tabindex="-1"><legend>${t('sla.rules')} <span class="muted">${t('sla.rules.hint')}</span></legend>${repeat(draft.rules, (rule) => rule, (rule, index) => ruleField(rule, index, draft, again))}
      <div><button type="button" data-do="rule" @click=${add(draft.rules, { clocks: {} })}>${icon('plus')}${t('sla.rule.add')}</button></div></fieldset>
    <fieldset class="plainset" name="escalation" tabindex="-1"><legend>${t('sla.escalation')}</legend>${repeat(draft.escalation, (step) => step, (step) => stepField(step, draft, again))}
      <div><button type="button" @click=${add(draft.escalation, { percent: 100, to: 'coordinator' })}>${icon('plus')}${t('sla.step.add')}</button></div></fieldset>`;
}

function ruleOf(box) {
  const many = (name) => [...box.querySelectorAll(`[data-when=${name}]:checked`)].map((one) => one.value);
  const when = { grade: lines(box.querySelector('[name=grade]').value), region: lines(box.querySelector('[name=region]').value), priority: many('priority'), origin: many('origin') };
  const said = Object.fromEntries(Object.entries(when).filter(([, all]) => all.length));
  const clocks = filled(Object.fromEntries(CLOCKS.map((clock) => [clock, promiseOf(box.querySelector(`[data-clock=${clock}]`).value, box.querySelector(`[data-unit=${clock}]`).value)])));
  return { ...(Object.keys(said).length ? { when: said } : {}), clocks };
}

/** What the form says, as a policy. */
export function policyOf(form) {
  const calendars = Object.fromEntries(form.elements.namedItem('calendars').value.split('\n').filter((one) => one.includes('=')).map((one) => one.split('=').map((part) => part.trim())));
  return {
    name: form.elements.namedItem('name').value, calendars,
    rules: [...form.querySelectorAll('[data-rule]')].map(ruleOf),
    escalation: [...form.querySelectorAll('[data-step]')].map((step) => ({ percent: Number(step.querySelector('input').value), to: step.querySelector('select').value })),
  };
}
