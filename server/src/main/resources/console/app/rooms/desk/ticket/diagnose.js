import { html, nothing } from 'lit';
import { api } from '../../../core/api.js';
import { number, relative } from '../../../core/format.js';
import { t } from '../../../core/i18n.js';
import { badge } from '../../../ui/badges.js';
import { icon } from '../../../ui/icons.js';
import { complain, say } from '../../../ui/toast.js';
import { isConnected } from '../../device/device-read.js';

/** Actions that the console asks for in their own way, with parameters that a person does not type. */
const ELSEWHERE = new Set(['get_crash', 'crash_dump', 'crash_dumps', 'get_logs', 'logs']);
const SHOWN = 4;

async function ask(desk, action) {
  const { ticket } = desk;
  try {
    await api.post(`/devices/${encodeURIComponent(ticket.device)}/actions`, { action, ticket: ticket.number, why: ticket.title });
    say(t('diagnose.asked', { action }));
    await desk.reloadActions();
  } catch (failure) {
    complain(failure);
  }
}

async function logs(desk) {
  const { ticket } = desk;
  try {
    await api.post(`/devices/${encodeURIComponent(ticket.device)}/logs`, { ticket: ticket.number, why: ticket.title });
    say(t('diagnose.asked', { action: t('diagnose.logs') }));
    await desk.reloadActions();
  } catch (failure) {
    complain(failure);
  }
}

/** What came of a self-test: how many of its tests passed, and those that did not. */
function tests(all) {
  const failed = all.filter((one) => !one.passed);
  const limit = ({ min, max } = {}) => [min, max].map((one) => (one == null ? '' : number(one))).join(' – ');
  return html`<div class="small">${t('diagnose.tests', { passed: all.length - failed.length, all: all.length })}</div>
    ${failed.map((one) => html`<div class="small tone-critical">${t('diagnose.test.failed', { name: one.name, value: `${number(one.value)} ${one.unit ?? ''}`.trim(), limit: limit(one.limit) })}</div>`)}`;
}

function output(one) {
  const value = one.error ?? one.output;
  if (value == null || value === '') return nothing;
  if (typeof value !== 'object') return html`<div class="muted small mono">${value}</div>`;
  if (Array.isArray(value.tests)) return tests(value.tests);
  return html`<div class="small flat">${Object.entries(value).filter(([, of]) => typeof of !== 'object').slice(0, 12).map(([name, of]) => html`<span><span class="muted">${name}</span> ${String(of)}</span>`)}</div>`;
}

/** What can be read of the device at one press, and what came of what was asked of it for this case. */
export function diagnoseCard(desk, may) {
  const reads = (desk.actions ?? []).filter((one) => one.class === 'A' && !ELSEWHERE.has(one.action) && !(one.params?.required ?? []).length);
  const asked = (desk.asked ?? []).filter((one) => one.ticket === desk.ticket.number).slice(0, SHOWN);
  if (!desk.ticket.device || (!asked.length && (!may || !reads.length))) return nothing;
  const offline = desk.about && isConnected(desk.about.device) === false;
  return html`<section class="card">
    <header><h2>${t('diagnose.title')}</h2></header>
    <div class="body stack">
      ${may ? html`<div class="row">${reads.map((one) => html`<button ?disabled=${!one.allowed} title=${one.refusal ?? nothing} data-read=${one.action} @click=${() => ask(desk, one.action)}>${icon('search')}${one.action.replaceAll('_', ' ')}</button>`)}
        ${desk.actions?.some((one) => one.action === 'get_logs' && one.allowed) ? html`<button data-read="logs" @click=${() => logs(desk)}>${icon('log')}${t('diagnose.logs')}</button>` : nothing}</div>` : nothing}
      ${offline ? html`<p class="muted small">${t('diagnose.offline', { when: relative(desk.about.device.lastSeen) })}</p>` : nothing}
      ${asked.length ? html`<ul class="mini" aria-live="polite">${asked.map((one) => html`<li class="tall"><div class="grow"><div class="row"><span class="mono">${one.action}</span>${badge('action', one.state)}
        ${['queued', 'approved', 'requested'].includes(one.state) ? html`<span class="muted small">${t('diagnose.until', { when: relative(one.expires) })}</span>` : html`<span class="muted small">${relative(one.finishedAt ?? one.createdAt)}</span>`}</div>${output(one)}</div></li>`)}</ul>` : nothing}
    </div>
  </section>`;
}
