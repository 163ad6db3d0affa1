import { html, nothing } from 'lit';
import { number } from '../../core/format.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { facts } from '../../ui/facts.js';
import { icon } from '../../ui/icons.js';
import { at } from '../../ui/time.js';
import { partLink } from './names.js';

const WAY = ['draft', 'dispatched', 'accepted', 'en-route', 'on-site', 'repairing', 'testing', 'done'];
const TRAVEL = new Set(['en-route', 'on-site']);

/** The last state that a failed order came to, by what was written down. */
function reached(one) {
  if (one.test) return 'testing';
  if (one.repair) return 'repairing';
  if (one.arrivedAt) return 'on-site';
  if (one.departedAt) return 'en-route';
  return one.engineer ? 'dispatched' : 'draft';
}

/** How far an order is, as steps of which one is current; one that failed ends where it came to. */
export function track(one) {
  const way = WAY.filter((state) => one.type !== 'depot' || !TRAVEL.has(state));
  const failed = one.state === 'failed';
  const here = way.indexOf(failed ? reached(one) : one.state);
  const past = (i) => i < here || failed || one.state === 'done';
  return html`<ol class="track" tabindex="0" aria-label=${t('order.way')}>${(failed ? way.slice(0, here + 1) : way).map((state, i) => html`<li class=${past(i) ? 'past' : i === here ? 'here' : ''} aria-current=${i === here && !failed ? 'step' : nothing}>
      ${past(i) ? icon('check') : html`<i></i>`}<span>${term('orderState', state)}</span></li>`)}
    ${failed ? html`<li class="broken" aria-current="step">${icon('error')}<span>${term('orderState', 'failed')}</span></li>` : nothing}</ol>`;
}

/** Words that somebody typed. */
const said = (text) => html`<span class="pre" dir="auto">${text}</span>`;

function partsTable(parts) {
  if (!parts.length) return nothing;
  return html`<div class="scroll-x" tabindex="0"><table class="list"><thead><tr><th scope="col">${t('repair.part')}</th><th scope="col">${t('repair.serial')}</th><th scope="col" class="num">${t('repair.quantity')}</th></tr></thead>
    <tbody>${parts.map((one) => html`<tr><td>${partLink(one.part)}</td><td class="mono">${one.serial ?? '–'}</td><td class="num">${number(one.quantity)}</td></tr>`)}</tbody></table></div>`;
}

function repairCard({ repair }) {
  if (!repair) return nothing;
  return html`<section class="card"><header><h2>${t('repair.record')}</h2><span class="muted small right">${t('repair.time', { work: repair.minutes, travel: repair.travelMinutes })}</span></header>
    <div class="body">${facts([[t('repair.symptom'), said(repair.symptom)], [t('repair.process'), said(repair.process)], [t('repair.result'), said(repair.result)]])}</div>${partsTable(repair.parts)}</section>`;
}

function testCard({ test }) {
  if (!test) return nothing;
  return card(t('checks.record'), html`<div class="scroll-x" tabindex="0"><table class="list">
    <thead><tr>${['name', 'value', 'limit', 'passed'].map((head) => html`<th scope="col">${t(`checks.${head}`)}</th>`)}</tr></thead>
    <tbody>${test.checks.map((one) => html`<tr><td dir="auto">${one.name}</td><td dir="auto">${one.value}</td><td class="muted" dir="auto">${one.limit ?? '–'}</td><td>${badge('testState', one.passed ? 'passed' : 'failed')}</td></tr>`)}</tbody>
  </table></div>`, { flush: true, extra: html`<span class="muted small right">${test.by} · ${at(test.at)}</span>` });
}

function pickupCard({ pickup }) {
  if (!pickup) return nothing;
  return card(t('pickup.record'), facts([[t('pickup.how'), term('pickup', pickup.how)], [t('pickup.tracking'), pickup.tracking], [t('pickup.amount'), pickup.amount], [t('pickup.by'), html`${pickup.by} · ${at(pickup.at)}`],
    [t('pickup.checked'), pickup.recordChecked && pickup.feesChecked ? html`<span class="tone-good row">${icon('check')}${t('pickup.checked.yes')}</span>` : nothing]].filter(([, value]) => value !== nothing)));
}

function arrivalCard(one) {
  if (!one.arrivedAt) return nothing;
  return card(t('arrival.record'), facts([[t('arrival.at'), at(one.arrivedAt)], ...Object.entries(one.arrival).map(([key, answer]) => [term('ask', key), said(answer === 'yes' ? t('answer.yes') : answer)])]));
}

/** What was written down about an order, the newest first. */
export function records(one) {
  return html`
    ${one.failure ? html`<section class="card"><header><h2>${t('order.failure')}</h2></header><div class="body">${said(one.failure)}</div></section>` : nothing}
    ${pickupCard(one)}${testCard(one)}${repairCard(one)}${arrivalCard(one)}`;
}
