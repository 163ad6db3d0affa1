import { html, nothing } from 'lit';
import { span } from '../../core/format.js';
import { lang, localized, t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';

const KINDS = ['action', 'check', 'wait', 'branch', 'ask', 'end'];
const SHAPES = { action: 'bolt', check: 'eye', wait: 'clock', branch: 'filter', ask: 'person', end: 'stop', person: 'wrench' };

/** The kind of a step: what the device, the clock or a person has to do. */
export function kindOf(step) {
  return KINDS.find((kind) => step[kind] !== undefined) ?? 'person';
}

/** Where a step leads, as `[words, number]`, by the labels of the whole list; `next` is the step after. */
export function leads(step, index, steps) {
  const to = (label) => (label === 'next' ? index + 2 : steps.findIndex((one) => one.label === label) + 1);
  const ways = [];
  const fail = step.onFail ?? step.action?.onFail ?? step.check?.onFail;
  if (step.branch) ways.push([t('flow.then'), to(step.branch.then)], [t('flow.else'), to(step.branch.else)]);
  for (const choice of step.ask?.choices ?? []) ways.push([`“${choice[lang()] ?? choice.answer}”`, to(choice.then)]);
  if (fail) ways.push([t('flow.fail'), to(fail)]);
  return ways.filter(([, number]) => number > 0);
}

/** A condition in words. */
export function condition(check) {
  const within = check.within ? ` ${t('flow.within', { span: span(check.within) })}` : '';
  if (check.metric) return html`<code>${check.of ?? 'mean'}(${check.metric}) ${check.op} ${check.value}</code>${check.over ? ` ${t('flow.over', { span: span(check.over) })}` : ''}${within}`;
  if (check.fault) return html`${t('flow.cleared')}${within}`;
  if (check.online !== undefined) return html`${t(check.online ? 'flow.online' : 'flow.offline')}${within}`;
  if (check.firmware) return html`${t('flow.firmware', { version: check.firmware })}${within}`;
  return html`${t(check.selfTest === 'passed' ? 'flow.selfTest' : 'flow.selfTestOf', { test: check.selfTest ?? '' })}${within}`;
}

function words(step, kind) {
  const said = (one) => localized(one, one?.en);
  switch (kind) {
    case 'action':
      return html`<code>${step.action.action}</code> ${step.action.class ? html`<span class="muted small">${t('flow.class', { class: step.action.class })}</span>` : nothing}
        ${step.action.params ? html`<div class="small muted mono">${Object.entries(step.action.params).map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`).join(', ')}</div>` : nothing}`;
    case 'check':
      return condition(step.check);
    case 'wait':
      return span(step.wait);
    case 'branch':
      return condition(step.branch.if);
    case 'ask':
      return said(step.ask);
    case 'end':
      return html`${badge('runResult', step.end.result)} ${localized(step.end, step.end.reason)}`;
    default:
      return html`${said(step)}${step.expect ? html`<div class="small muted">${t('flow.expect')} ${step.expect}</div>` : nothing}`;
  }
}

/** The steps of a runbook in their order, each with where it leads when it does not simply go on. */
export function flow(steps) {
  return html`<ol class="flow">${steps.map((step, index) => {
    const kind = kindOf(step);
    const ways = leads(step, index, steps);
    const reach = (event, number) => {
      event.preventDefault();
      event.target.closest('.flow').children[number - 1].scrollIntoView({ block: 'nearest', behavior: 'smooth' });
      event.target.closest('.flow').children[number - 1].focus();
    };
    return html`<li class=${kind === 'end' ? 'ends' : ''} tabindex="-1" data-kind=${kind}><div>
      <div class="row nowrap"><span class="row muted small nowrap">${icon(SHAPES[kind])}${term('stepKind', kind)}</span></div>
      <div dir="auto">${words(step, kind)}</div>
      ${ways.length ? html`<div class="leads">${ways.map(([why, number]) => html`<a href="#" @click=${(event) => reach(event, number)}><span class="muted">${why}</span> → ${number}</a>`)}</div>` : nothing}
    </div></li>`;
  })}</ol>`;
}
